# Das Protokoll: Spalten und Handlungen.

audit-title = Protokoll
audit-text = Wer hat was getan, wann und von wo? Einträge werden nie geändert oder gelöscht.
audit-search = Protokoll durchsuchen
audit-export = Als CSV laden
audit-older = Ältere
audit-none = Keine Einträge
audit-none-text = Zu diesem Filter steht nichts im Protokoll.
audit-at = Zeit
audit-person = Wer
audit-action = Handlung
audit-about = Worum es ging
audit-detail = Näheres
audit-ip = Von

audit-agreement-accepted = Outsourcing-Vereinbarung angenommen
audit-company-changed = Angaben zur Firma geändert
audit-queue-added = Queue angelegt
audit-person-added = Mitarbeiter angelegt
audit-person-changed = Mitarbeiter geändert
audit-permission-changed = Outsourcing-Berechtigung geändert
audit-password-changed = Eigenes Passwort geändert
audit-password-reset = Passwort eines Mitarbeiters gesetzt
audit-organization-added = Organisation angelegt
audit-organization-changed = Organisation geändert
audit-contact-added = Kontakt angelegt
audit-contact-changed = Kontakt geändert
audit-ticket-deleted = Ticket gelöscht
audit-item-deleted = Eintrag gelöscht
audit-item-detached = Eintrag von der Synchronisierung gelöst
audit-lead-mapped = Lead-Partner einer Organisation zugeordnet
audit-lead-remapped = Zuordnung eines Lead-Partners geändert

audit-round-saved = Outsourcing-Bedingungen gespeichert
audit-round-send = Ticket outgesourct
audit-round-removed = Outsourcing vor dem Senden entfernt
audit-round-cancel = Outsourcing storniert
audit-round-accept = Outgesourctes Ticket angenommen
audit-round-decline = Outgesourctes Ticket abgelehnt
audit-round-expire = Angebot abgelaufen
audit-round-begin_work = Arbeit begonnen
audit-round-report_completion = Abschluss gemeldet
audit-round-approve = Abschluss genehmigt
audit-round-reject = Abschluss nicht genehmigt
audit-round-complete = Outsourcing abgeschlossen
audit-round-complete_ticket = Outsourcing mit dem Ticket abgeschlossen
audit-round-return = Ticket zurückgegeben
