# Rahmen um jede Seite, Anmeldung, Störungen, Zeiten.

frame-skip = Zum Inhalt springen
frame-menu = Menü
frame-navigation = Hauptnavigation
frame-person-menu = Benutzermenü
frame-search = Tickets suchen
frame-updated = Aktualisiert
frame-draft = Ihre Anmeldung war abgelaufen. Was Sie geschrieben hatten, steht wieder hier; es ist noch nicht gespeichert.

nav-tickets = Tickets
nav-received = Erhaltene Arbeit
nav-organizations = Organisationen
nav-outsource = Outsourcen
nav-dashboard = Dashboard
nav-waiting-offers = warten auf Annahme
nav-waiting-approval = warten auf Genehmigung
nav-partners = Partner
nav-other = Sonstiges
nav-invite = Einladen
nav-edit-invitation = Einladung bearbeiten
nav-agreement = Outsourcing-Vereinbarung
nav-permissions = Benutzer{ "\u00AD" }berechtigungen
nav-administration = Verwaltung
nav-people = Mitarbeiter
nav-company = Firma
nav-audit = Protokoll
nav-mailbox = Postausgang
nav-preferences = Einstellungen
nav-password = Passwort ändern
nav-sign-out = Abmelden

security-administrator = Administrator
security-manager = Manager
security-service_desk_user = Service-Desk-Benutzer
security-read_only = Nur lesen

sign-in-title = Anmelden
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
sign-in-wrong = E-Mail-Adresse und Passwort passen nicht zusammen.
sign-in-forgotten = Passwort vergessen? Ein Administrator Ihrer Firma kann ein neues setzen.
sign-in-wait = Zu viele Versuche. Bitte warten Sie { $seconds } Sekunden.
sign-in-draft-kept = Ihre Anmeldung ist abgelaufen. Was Sie gerade geschrieben haben, ist in diesem Fenster noch da und erscheint nach dem Anmelden wieder.

problem-title-not-found = Nicht gefunden
problem-title-forbidden = Keine Berechtigung
problem-title-stale = Inzwischen geändert
problem-title-refused = Das geht so nicht
problem-title-overloaded = Gerade überlastet
problem-title-broken = Etwas ist schiefgegangen
problem-title-odd = Anfrage nicht verstanden
problem-not-found = Diese Seite gibt es nicht, oder sie gehört nicht zu Ihrer Firma.
problem-stale = Jemand anderes hat diesen Datensatz inzwischen gespeichert. Ihre Eingaben stehen noch hier; laden Sie den Datensatz in einem zweiten Fenster, vergleichen Sie und tragen Sie dort ein, was fehlt.
problem-unreadable = Die Anfrage war unvollständig oder nicht lesbar. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.
problem-elsewhere = Diese Anfrage kam von einer fremden Seite und wurde deshalb nicht ausgeführt.
problem-too-large = Das ist zu groß. Bitte laden Sie eine kleinere Datei hoch oder kürzen Sie den Text.
problem-overloaded = Im Augenblick geschieht zu viel auf einmal. Bitte versuchen Sie es in einer Minute noch einmal.
problem-broken = Der Fehler liegt bei uns und wurde aufgezeichnet. Es wurde nichts gespeichert.
problem-colleagues-item = Das hat jemand anderes geschrieben; ändern können es nur diese Person, Manager und Administratoren.
problem-home = Zur Startseite
problem-reference = Für Rückfragen:

time-today = heute
time-tomorrow = morgen
time-yesterday = gestern
time-now = gerade eben
time-ago = vor …
time-ahead = in …
time-minute = Min.
time-minutes = Min.
time-hour = Std.
time-hours = Std.
time-day = Tag
time-days = Tagen

form-mistakes = Bitte prüfen Sie diese Angaben
form-save = Speichern
form-overtaken = Jemand anderes hat diesen Datensatz inzwischen gespeichert. An jedem Feld, das abweicht, steht, was jetzt gespeichert ist. Übernehmen Sie daraus, was gelten soll; mit „Meine Fassung speichern“ überschreiben Sie den Rest.
form-theirs = Jetzt gespeichert:
form-theirs-empty = (leer)
form-theirs-ticked = angekreuzt
form-theirs-unticked = nicht angekreuzt
form-save-over = Meine Fassung speichern
form-back = Zurück
form-cancel = Abbrechen
form-edit = Bearbeiten
form-filter = Filtern
form-reset = Filter zurücksetzen
form-active = Aktiv
form-inactive = Inaktiv

queue-service-desk = Service-Desk
queue-field-service = Außendienst
