import type { GuideWords } from './guideWords';

export const words: GuideWords = {
  next: 'Weiter',
  back: 'Zurück',
  done: 'Fertig',
  progress: '{{current}} von {{total}}',
  none: 'Für diese Seite gibt es keinen Rundgang.',
  nothing: 'Hier ist noch nichts zu zeigen.',
  titles: {
    nav: 'Orte',
    search: 'Suche',
    tabs: 'Ansichten',
    filters: 'Finden und eingrenzen',
    figures: 'Heute',
    starts: 'Beginnen Sie hier',
    facts: 'Fakten',
    events: 'Was geschieht',
    belongings: 'Was dazugehört',
    content: 'Was hier ist',
    actions: 'Was Sie tun können',
  },
  any: {
    tabs: 'Fertige Ansichten und Ihre gespeicherten Listen.',
    facts: 'Alle Felder, an ihrem Platz zu ändern.',
    events: 'Was geschah, mit Zeit und Ursache, und mehr in den anderen Reitern.',
    belongings: 'Notizen, Dateien, Aufgaben und was sonst dazugehört.',
    content: 'Worum es auf dieser Seite geht.',
    actions: 'Was Sie hier tun können.',
  },
  pages: {
    home: {
      nav: 'Alle Orte, die Ihnen offenstehen. Auf dem Telefon zeigt sie das Menü oben links.',
      search:
        'Findet Leads, Kontakte, Firmen, Automationen und Einstellungen. Strg K öffnet sie von überall.',
      figures: 'Was heute geschehen ist. Wählen Sie eine Zahl, um zu sehen, was dahinter steht.',
      starts: 'Die ersten Schritte: einen Lead anlegen, eine Datei einlesen, eine Automation bauen.',
    },
    leads: {
      head: 'Leads: Anfragen von Menschen, jede mit Phase, Quelle, Punkten und Inhaber.',
      tabs: 'Fertige Ansichten und Ihre gespeicherten Listen, jede mit eigener Adresse zum Weitergeben.',
      filters:
        'Drei Buchstaben suchen; ein Filter verbindet beliebige Felder; Spalten wählen; mit einem Klick eingrenzen. Ein Filter wird rechts davon als Liste gespeichert.',
      content:
        'Ein Name öffnet den Lead. Haken Sie mehrere an, um mit allen zugleich etwas zu tun. Markierte Leads stehen oben.',
      actions:
        '„Neuer Lead“ öffnet das vollständige Formular; „Schnell anlegen“ nimmt einen Lead mit wenigen Angaben, der dann als unvollständig gilt. Das Menü daneben liest eine Datei ein.',
    },
    'leads/new': {
      head: 'Das vollständige Formular: Anfrage, Firma und Kontakt werden zusammen gespeichert oder gar nicht.',
      content:
        'Wählen Sie Firma und Kontakt, die es schon gibt, oder kreuzen Sie „Neue Firma“ und „Neuer Kontakt“ an und füllen Sie deren Felder aus. Was nicht stimmt, steht an den Eingaben, alles auf einmal, und nichts Eingegebenes geht verloren.',
      actions:
        '„Speichern“ öffnet den Lead, „Speichern und schließen“ die Liste. Strg Enter speichert von überall.',
    },
    lead: {
      facts:
        'Die Felder des Leads; wählen Sie eines, um es zu ändern. Was hier steht, ordnet die Verwaltung für jedes Team an.',
      events:
        'Alles, was mit dem Lead geschah, mit Zeit und Ursache, nach Art eingegrenzt; daneben die anderen Reiter.',
      belongings: 'Notizen, Dateien und Aufgaben des Leads und was mit ihm zusammenhängt.',
      actions:
        'Planen Sie die nächste Wiedervorlage, halten Sie fest, was war, schreiben Sie eine Mail. Mehr steht im Menü.',
    },
    contacts: {
      head: 'Kontakte: die Menschen, was immer sie anfragen. Ein Kontakt kann mehrere Leads haben.',
      tabs: 'Fertige Ansichten und Ihre gespeicherten Listen.',
      filters: 'Suchen Sie nach Name, Firma, E-Mail oder Telefon, oder bauen Sie einen Filter.',
      content: 'Ein Name öffnet den Kontakt; haken Sie mehrere an, um mit allen etwas zu tun.',
      actions: 'Hier legen Sie einen Kontakt an.',
    },
    accounts: {
      head: 'Firmen mit ihren Kontakten und Leads.',
      tabs: 'Fertige Ansichten und Ihre gespeicherten Listen.',
      filters: 'Suchen Sie nach Name oder Website, oder bauen Sie einen Filter.',
      content: 'Ein Name öffnet die Firma.',
      actions: 'Hier legen Sie eine Firma an.',
    },
    opportunities: {
      head: 'Verkaufschancen, auch Deals genannt: mögliche Verkäufe, jeder in einer Stufe einer Pipeline.',
      tabs: 'Fertige Ansichten und Ihre gespeicherten Listen.',
      filters:
        'Suchen Sie nach Name oder nach Name, E-Mail oder Telefon des Kontakts, oder bauen Sie einen Filter.',
      content:
        'Ziehen Sie eine Karte auf dem Board in eine andere Stufe, oder verschieben Sie sie mit ihrem Menü. In der Liste haken Sie mehrere an, um mit allen etwas zu tun.',
      actions:
        'Hier legen Sie eine Verkaufschance an. Leads werden dazu mit „In Deal umwandeln“. Die Uhr in der Zeile zeigt, für wen sie freigegeben war.',
    },
    'follow-ups': {
      head: 'Wer wann angesprochen wird: je Lead ist höchstens eine Wiedervorlage geplant.',
      content:
        'Zuerst die von heute; überfällige haben einen eigenen Reiter, die ältesten oben. Aktualisieren hält fest, was daraus wurde.',
    },
    tasks: {
      head: 'Was zu tun ist, von Ihnen und von denen, deren Aufgaben Sie sehen dürfen.',
      content: 'Öffnen Sie eine Aufgabe, oder haken Sie mehrere an, um sie zu erledigen oder abzugeben.',
    },
    lists: {
      head: 'Listen, in die Menschen und Automationen Datensätze von Hand legen.',
      content:
        'Eine Liste zeigt, wer darin ist. Listen, die einem Filter folgen, stehen bei den Smart-Listen.',
    },
    automations: {
      head: 'Automationen beginnen, wenn etwas geschieht, und tun, was Sie gezeichnet haben: Bedingungen, Warten, Nachrichten, Aufgaben.',
      content: 'Jede mit ihrem Zustand und der Zahl der Läufe: unterwegs, wartend, fertig, gescheitert.',
      actions: 'Beginnen Sie mit einer fertigen oder ganz von vorn.',
    },
    automation: {
      head: 'Eine Automation. Was Sie ändern, ist ein Entwurf, bis Sie ihn veröffentlichen; laufende enden in ihrer Fassung.',
      actions:
        'Das Plus nach einer Karte des Ablaufs fügt die nächste hinzu. Prüfen sagt, was fehlt; Veröffentlichen zeigt, was sich ändert, bevor der Entwurf gilt. Auch eine frühere Fassung kann wieder gelten.',
    },
    imports: {
      head: 'Lesen Sie Leads, Kontakte oder Firmen aus CSV- und Excel-Dateien mit bis zu fünf Millionen Zeilen ein.',
      content:
        'Frühere Importe: was sie angelegt und geändert haben, die abgelehnten Zeilen und der Weg zurück.',
    },
    jobs: {
      head: 'Was im Hintergrund mit vielen Datensätzen zugleich geschieht.',
      content:
        'Jede Aktion mit ihren Zahlen. Öffnen Sie eine, um die Datensätze dahinter zu sehen, sie anzuhalten oder zurückzunehmen.',
    },
    mailbox: {
      head: 'Solange kein Mailserver eingerichtet ist, landet hier, was verschickt worden wäre.',
      content: 'Lesen Sie eine Nachricht so, wie sie ankäme.',
    },
    deliveries: {
      head: 'Jede Mail, Nachricht und jeder Webhook der Automationen und was daraus wurde.',
      content: 'Was scheiterte, kann noch einmal gesendet werden; was wartet, angehalten.',
    },
    duplicates: {
      head: 'Datensätze, die wohl dasselbe meinen, nach den Regeln der Administratoren.',
      filters: 'Leads, Kontakte oder Firmen; Sicheres oder nur Wahrscheinliches; eine Regel oder alle.',
      content:
        'Jede Gruppe hat einen Grund. Wählen Sie, was eines ist, und führen Sie es zusammen, oder sagen Sie, dass es keine Dubletten sind: dann werden sie nicht mehr vorgeschlagen.',
    },
    'smart-lists': {
      head: 'Listen, die einem Filter folgen: Datensätze kommen und gehen von selbst.',
      content:
        'Ihre Reihenfolge ist die der Reiter über Ihren Datensätzen. Hier teilen, kopieren, benennen und löschen Sie sie.',
    },
    trash: {
      head: 'Gelöschte Datensätze. Sie stehen in keiner Liste und starten nichts.',
      content:
        'Wählen Sie Datensätze, um sie mit allen Daten zurückzuholen. Administratoren können sie auch endgültig löschen.',
    },
    profile: {
      head: 'Ihre eigenen Daten: Foto, Name, Adressen, Signatur, Sprache, Zeitzone und Zeiten.',
    },
    'profile/integrations': {
      head: 'Ihre Konten bei Google, Microsoft und Zoom, und welche Ihrer Kalender Ihre Zeit sperren.',
    },
    'profile/security': {
      head: 'Wie Sie sich anmelden: Passwort, zweiter Faktor, Geräte und Sitzungen.',
    },
    settings: {
      head: 'Wie Leadloom für Sie alle arbeitet. Sie sehen die Seiten, die Ihre Rolle öffnen darf.',
      filters: 'Findet Einstellungen nach dem, worum es geht.',
      content: 'Jede Seite mit ihrem Zweck. Was Sie ändern, gilt, sobald es gespeichert ist.',
    },
    'settings/company': {
      content: 'Das Logo steht oben auf jeder Seite. Eine andere Zeitzone ändert, wann Zeitpläne laufen.',
    },
    'settings/general': {
      content: 'Sind doppelte Kontakte aus, wird einer mit der Adresse oder Nummer eines anderen abgelehnt.',
    },
    'settings/features': {
      content:
        'Was ausgeschaltet ist, hat keinen Menüeintrag, antwortet nicht und tut nichts; seine Daten bleiben.',
    },
    'settings/users': {
      content:
        'Alle mit Zustand, Rollen, Team und letzter Anmeldung. Beim Deaktivieren wird gefragt, wer übernimmt.',
      actions: 'Laden Sie einzeln per Mail ein, oder lesen Sie eine Datei mit vielen ein.',
    },
    'settings/hierarchy': {
      content:
        'Ziehen Sie eine Person zu einer anderen Führung, auch mit der Tastatur. Führende sehen, was denen unter ihnen gehört.',
    },
    'settings/teams': {
      content: 'Automationen verteilen Leads unter den Mitgliedern eines Teams.',
      actions: 'Legen Sie ein Team an und wählen Sie seine Mitglieder.',
    },
    'settings/permissions': {
      content:
        'Für jede Rolle, was mit wessen Datensätzen getan werden darf und welche Felder verborgen oder nur lesbar sind.',
    },
    'settings/authentication-profiles': {
      content: 'Ein Benutzer ist in höchstens einem Profil; ein Profil kann den zweiten Faktor verlangen.',
      actions: 'Legen Sie ein Profil an und nehmen Sie Benutzer hinein.',
    },
    'settings/api-keys': {
      content:
        'Jeder Schlüssel mit dem, was er darf, und seiner letzten Nutzung. Widerrufene gelten sofort nicht mehr.',
      actions: 'Das Geheimnis eines neuen Schlüssels wird einmal gezeigt: heben Sie es dann auf.',
    },
    'settings/audit': {
      content: 'Wer wann was getan hat. Prüfen deckt auf, ob nachträglich etwas geändert wurde.',
    },
    'settings/fields': {
      content:
        'Die Felder in der Reihenfolge von Formularen und Listen: Ziehen Sie eines, oder verschieben Sie es mit den Pfeiltasten. Alle lassen sich umbenennen, die meisten ausschalten; ihre Werte bleiben.',
      actions: 'Ein neues Feld gilt sofort in Formularen, Listen, Filtern und Bedingungen.',
    },
    'settings/lead-criteria': {
      content:
        'Ein ausgeschaltetes Feld bieten die Filter der Leads nicht mehr an. Listen, die danach filtern, bleiben.',
    },
    'settings/leads': {
      content:
        'Namen können sich jederzeit ändern; die Nummer bleibt und gilt in Importen. Was benutzt wird, geht nur mit einem Ersatz.',
    },
    'settings/pipelines': {
      content:
        'Jede Pipeline mit ihren Stufen in der Reihenfolge. Ändern Sie eine als Ganzes; vor Speichern geschieht nichts.',
      actions: 'Legen Sie eine Pipeline an, benannt nach ihrem Zweck oder der Herkunft ihrer Leads.',
    },
    'settings/opportunity-statuses': {
      content:
        'Die vier, die es immer gibt, und Ihre eigenen. Ein Status zählt in allen Regeln und Zahlen als seine Art.',
      actions: 'Legen Sie einen Status an, zum Beispiel Nicht relevant von der Art disqualifiziert.',
    },
    'settings/conversion': {
      content:
        'Links die Felder der Leads, rechts, wohin ihre Werte gehen. Erst Aktualisieren lässt es gelten.',
    },
    'settings/tables': {
      content:
        'Die Spalten jeder Definition in der Reihenfolge ihrer Dateien. Öffnen Sie eine, um Spalten, Reihenfolge und Merkmale zu ändern.',
    },
    'settings/processes': {
      content:
        'Jeder Prozess mit seinen Supervisoren und der Zahl seiner Leadlisten. Wählen Sie die Zahl, um sie zu sehen.',
      actions:
        'Ein neuer Prozess braucht eine Tabellendefinition; seine Supervisoren pflegen dann Listen und Kampagnen.',
    },
    'settings/lead-lists': {
      content:
        'Wählen Sie einen Prozess, dann eine Liste. Der Schalter nimmt eine Liste den Kampagnen weg und gibt sie zurück; rechts wird sie Kampagnen zugeordnet, was nach Übernehmen gilt. Kontakte zeigt einen Kontakt je Nummer des Prozesses.',
    },
    'settings/tags': {
      content:
        'Die Tags aller Datensätze, gesucht und sortiert; das Menü benennt um und löscht. Gelöschte kommen 30 Tage lang mit ihren Datensätzen zurück.',
    },
    'settings/custom-values': {
      content:
        'Einmal gehaltene Texte. Kopieren Sie einen Schlüssel in eine E-Mail, und beim Senden steht der Wert an seiner Stelle.',
    },
    'settings/duplicates': {
      content:
        'Eine eingeschaltete Regel vergleicht alle Datensätze im Hintergrund, und jeden von Neuem, wenn er sich ändert. Ausgeschaltet verwirft sie, was sie gefunden hat.',
    },
    'settings/lead-integrations': {
      content:
        'Legen Sie für jeden Ort, von dem Leads kommen, eine Integration mit ihrer Quelle an. Verbinden zeigt die Adresse, die dort eingetragen wird, Felder, was wohin geht, Eingänge, was kam; Abgelehntes lässt sich erneut versuchen. Skripte einer Website dürfen JSON senden, sobald die Website beim Formular oder Chatbot eingetragen ist. Leads von Facebook und Instagram aus den letzten 90 Tagen werden unter Verbinden geholt.',
    },
    'settings/lead-score': {
      content:
        'Prozentsätze und Punkte festlegen und speichern: Vorher sehen Sie, was es bewirkt. Danach werden alle Leads im Hintergrund neu bewertet; der Fortschritt steht hier.',
    },
    'settings/lead-views': {
      content:
        'Wie die Seite eines Leads für jedes Team aussieht: Felder links, Reiter, Knöpfe. Teams ohne eigene haben die übliche.',
    },
    'settings/single-sign-on': {
      content: 'Der Anbieter, bei dem sich Ihre Leute schon anmelden, und was er über sie sagt.',
    },
    'settings/sales-groups': {
      content: 'Gruppen für Berichte und Ziele; ein Benutzer kann in mehreren sein.',
    },
    'settings/calendar-providers': {
      content:
        'Client-ID und Geheimnis einer Anwendung eintragen, die Sie beim Anbieter registriert haben; danach kann jeder ein Konto verbinden.',
    },
    'settings/webhook-secrets': {
      content: 'Benannte Geheimnisse. Ein Webhook, der eines nennt, wird damit unterschrieben.',
    },
    'settings/activity-types': {
      content: 'Was einem Lead geschehen kann, mit eigenen Feldern und Punkten.',
    },
    'settings/mail': {
      content: 'Ohne Server landen Mails im Postfach von Leadloom, damit Sie alles ausprobieren können.',
    },
    'settings/journal': {
      content:
        'Jeder Leser mit seinem Rückstand. Was nicht gelesen werden konnte, wartet hier auf einen neuen Versuch.',
    },
  },
};
