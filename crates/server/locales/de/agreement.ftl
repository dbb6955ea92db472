# Die Outsourcing-Vereinbarung.

agreement-title = Outsourcing-Vereinbarung
agreement-intro = Bevor Ihre Firma Tickets outsourcen kann, nimmt ein Administrator diese Vereinbarung einmal für die ganze Firma an. Um Tickets zu erhalten, ist sie nicht nötig.
agreement-missing = Hier steht, was Ihre Firma von anderen erhält. Um selbst Tickets zu outsourcen, nimmt Ihre Firma einmal die Outsourcing-Vereinbarung an; danach stehen hier auch die Listen der outgesourcten Arbeit.
agreement-missing-other = Hier steht, was Ihre Firma von anderen erhält. Tickets outsourcen kann sie, sobald ein Administrator hier die Outsourcing-Vereinbarung angenommen hat.
agreement-open = Vereinbarung lesen und annehmen
agreement-agree = Ich stimme den obenstehenden Geschäftsbedingungen zu
agreement-submit = Einreichen
agreement-accepted = Angenommen von { $name } am { $at } Uhr.

agreement-scope = Gegenstand
agreement-scope-text = Diese Vereinbarung regelt, wie Ihre Firma über Staffel Tickets an andere Firmen weitergibt (outsourct). Sie gilt zwischen Ihrer Firma und dem Betreiber dieser Installation. Was Sie und Ihr Service-Partner einander schulden, vereinbaren Sie untereinander; die Outsourcing-Bedingungen eines Tickets halten fest, was für dieses Ticket gilt.
agreement-roles = Lead-Partner und Service-Partner
agreement-roles-text = Wer ein Ticket weitergibt, ist Lead-Partner: Die Kundenbeziehung, die Verantwortung gegenüber dem Kunden und die Abrechnung mit ihm bleiben bei ihm. Wer es annimmt, ist Service-Partner: Er führt die Arbeit in eigener Verantwortung, mit eigenem Personal und mit der Sorgfalt eines ordentlichen IT-Dienstleisters aus. Ein Arbeitsverhältnis oder eine Gesellschaft entsteht dadurch nicht.
agreement-offer = Angebot und Annahme
agreement-offer-text = Mit dem Senden bieten Sie ein Ticket zu den angegebenen Bedingungen an, mit Vergütung, genehmigtem Betrag, Fälligkeit und Frist zur Annahme. Das Angebot bindet Sie, bis es angenommen, abgelehnt oder storniert ist oder abläuft. Mit der Annahme durch den Service-Partner gelten die Bedingungen für beide Seiten; ändern lassen sie sich danach nur im gegenseitigen Einvernehmen.
agreement-exchange = Was ausgetauscht wird
agreement-exchange-text = Mit dem Angebot verlässt nur Ihr Haus, was Sie in der Vorschau vor dem Senden sehen. Solange die Tickets verknüpft sind, werden Notizen und Dateien, die für alle Benutzer bestimmt sind, sowie Zeiteinträge und Warenposten zwischen beiden Seiten abgeglichen. Interne Einträge, der Stundensatz Ihres Kunden und Ihre Marge werden nie übertragen. Was einmal übertragen wurde, kann die andere Seite für ihre Unterlagen behalten.
agreement-privacy = Datenschutz
agreement-privacy-text = Sie geben personenbezogene Daten nur weiter, soweit sie für die Arbeit am Ticket nötig sind und Sie dazu berechtigt sind. Wo das Gesetz es verlangt, schließen Sie vorher mit Ihrem Service-Partner einen Vertrag zur Auftragsverarbeitung und unterrichten Ihren Kunden. Der Betreiber verarbeitet die Daten nur, um diesen Dienst zu erbringen.
agreement-secrecy = Vertraulichkeit
agreement-secrecy-text = Beide Seiten behandeln alles, was sie über ein Ticket und über die Systeme des Kunden erfahren, vertraulich, auch nach dem Ende der Zusammenarbeit. Zugangsdaten gehören nicht in Notizen. Der Service-Partner wirbt die Kunden, von denen er auf diesem Weg erfährt, nicht ab.
agreement-pay = Vergütung
agreement-pay-text = Die Vergütung richtet sich nach den Bedingungen des Tickets. Mit dem Abschluss werden die Zeiten des Service-Partners bei Ihnen zu einem Warenposten zusammengefasst; mehr als der genehmigte Betrag und die genehmigten Stunden ist ohne Ihre Zustimmung nicht zu zahlen. Rechnungen stellen und begleichen die Partner untereinander; der Betreiber ist daran nicht beteiligt.
agreement-fee = Transaktionsgebühr
agreement-fee-text = Für Tickets an Service-Partner, die selbst mit einer eigenen Instanz arbeiten, fällt keine Transaktionsgebühr an. Für jedes Ticket, das ein Service-Partner ohne eigene Instanz im Subunternehmer-Portal annimmt, kann eine Transaktionsgebühr anfallen; ihre Höhe steht in Ihrem Vertrag mit dem Betreiber und wird vor dem Senden angezeigt.
agreement-liability = Haftung
agreement-liability-text = Der Betreiber stellt den Austausch bereit und haftet nicht für die Arbeit, die Partner füreinander leisten. Im Übrigen haftet er nach den gesetzlichen Vorschriften; die Haftung für Vorsatz, grobe Fahrlässigkeit und für Schäden an Leben, Körper und Gesundheit bleibt unberührt. Gegenüber dem Kunden haftet der Lead-Partner für den Service-Partner wie für eigenes Handeln.
agreement-duration = Dauer
agreement-duration-text = Die Vereinbarung gilt ab der Annahme auf unbestimmte Zeit. Sie endet mit Ihrem Vertrag mit dem Betreiber. Für Tickets, die dann noch bei einem Service-Partner liegen, gelten ihre Bedingungen weiter, bis sie abgeschlossen sind.
