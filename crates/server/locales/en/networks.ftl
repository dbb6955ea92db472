# Outsource networks: list, form, handing a ticket to a network, one-way rounds.

nav-networks = Outsource Networks
network = Outsource network
networks-title = Outsource Networks
networks-subtitle = Networks and vendors that are not outsourcing partners
networks-search = Network or organization
networks-none = No networks yet
networks-none-hint = Add a network or a vendor. After that it can be chosen in the Outsource menu of every ticket.
networks-not-found = No network found
networks-not-found-hint = No network matches these filters.
network-new = New network
network-edit = Edit network
network-facts = Network or vendor
network-name = Outsource Network Name
network-action = Action
network-action-email = Send email
network-action-livelink = Execute LiveLink
network-action-none = No action
network-action-email-hint = Staffel sends the network an e-mail with the details of the ticket.
network-action-livelink-hint = After sending you open a link that carries the details of the ticket, such as the network’s order form.
network-action-none-hint = Staffel only records that the ticket is there; you notify the network yourself.
network-organization = Organization
network-organization-hint = One of your organizations of type Partner, Vendor or Customer
network-active = Active
network-active-field = Active: offered in the Outsource menu
network-used = Last outsourced
network-open = Open tickets
network-switch = Activate or deactivate
network-activate = Activate
network-deactivate = Deactivate
network-letter = E-mail
network-letter-hint = Words in braces are replaced on sending; the list is below. A line whose variables are all empty is left out.
network-recipients = Recipients
network-recipients-hint = One or several addresses, at most ten. Each gets an e-mail of its own.
network-subject = Subject
network-body = Text
network-language = Language
network-language-hint = Priority and due date are written in this language.
network-link-group = LiveLink
network-link-hint = All values are encoded. Priority and due date are written as programs read them: high, 2026-11-27T10:00:00+01:00.
network-link = URL template
network-to = To
network-preview-refresh = Refresh example
network-example = Example
network-example-hint = What it would look like for an invented ticket.
network-variables = Variables
network-variables-hint = These words are replaced by the details of the ticket on sending. Rates, amounts, internal notes and time cannot be used.
network-variable-ticket-number = number of the ticket
network-variable-title = title
network-variable-description = description
network-variable-message = the message typed when the ticket is outsourced
network-variable-priority = priority
network-variable-due = due date of the ticket
network-variable-site = site
network-variable-device = device
network-variable-organization = name of the organization that the ticket is for
network-variable-contact = contact of the ticket
network-variable-contact-email = the contact’s e-mail address
network-variable-contact-phone = the contact’s phone
network-variable-network = name of the network
network-variable-company = name of your company
network-variable-sender = name of the person who sends
network-variable-sender-email = e-mail address of the person who sends
network-variable-sender-phone = phone of the person who sends
network-sample-title = Router in the shop is offline
network-sample-description = No light has been on since this morning.
network-sample-message = Please tell us by noon when you can come.
network-sample-site = 1 Sample Street, Hamburg
network-sample-device = Router HH-R1
network-sample-contact = Kim Sample
network-default-subject = {"{ticket_number}"}: {"{title}"}
network-default-body =
    Hello,

    {"{company}"} asks you to take on this job.

    {"{message}"}

    Ticket: {"{ticket_number}"}
    Title: {"{title}"}
    Priority: {"{priority}"}
    Due: {"{due}"}
    Site: {"{site}"}
    Device: {"{device}"}

    {"{description}"}

    Please answer to {"{sender_email}"} and quote the number {"{ticket_number}"}.
    Phone: {"{sender_phone}"}

    Kind regards
    {"{sender}"}
    {"{company}"}

network-too-many-recipients = At most { $most } addresses.
network-not-an-address = “{ $address }” is not a valid e-mail address.
network-subject-number = Please put {"{ticket_number}"} into the subject, so that answers can be matched.
network-name-taken = There is already a network with this name.
template-unknown-variable = There are no such variables: { $names }
template-link-scheme = The template must begin with https:// or http://.
template-link-host = After https:// there must be the name of the server, without a variable and without credentials.
template-link-character = The character “{ $character }” is not allowed here in an address. Write a blank as %20.
template-link-dots = A part of the path is nothing but dots; the link would lead elsewhere.

menu-networks = Networks and vendors
menu-other-network = Other network…
network-choose = Choose a network
network-choose-more = Use the search to find more networks.
network-switch-to = Switch Network
network-none-active = No matching network
network-none-active-hint = Only active networks can be chosen. They are added and activated under Outsource Networks.
network-message = Message
network-message-leaves = Included in what the network receives.
network-message-stays = Stays here: the template has no place for a message.
network-drops-unsent = Terms for { $partner } have been saved but not sent. Sending the ticket to the network discards them.
network-preview-email = Exactly this e-mail goes to the network as soon as you choose Outsource. Answers to it go to your own e-mail address.
network-preview-livelink = Exactly this link is what you open after outsourcing; until then the network learns nothing.
network-preview-none = The ticket is marked as outsourced.
network-nothing-leaves = Nothing leaves your company. Please notify the network yourself.
network-link-long = The link has { $length } characters. Some sites take about 2,000 at most; shorten message or description if it does not open.
network-open-link = Open LiveLink
network-bar-note = This outsourcing is one-way: nothing is synchronized, and only you can complete or cancel it.
network-delivery = Delivery
network-delivery-kept = No mail server is set up: the network has not received the e-mail. The operator finds it in the mailbox.
network-taken-back = not sent, because canceled
network-reason-hint = Optional; kept in the history and in the note on the ticket.
ask-network-complete = The outsourcing to { $network } will end. Staffel does not notify the network.
ask-network-cancel = The outsourcing to { $network } will be canceled, and the ticket will be free again. What has been sent cannot be taken back; please notify the network yourself.
ticket-complete-ends-network = The ticket is outsourced to { $network }. Completing the ticket completes the outsourcing, too.
done-network-added = The network has been added.
done-network-saved = The network has been saved.
done-network-activated = The network is active and offered in the Outsource menu.
done-network-deactivated = The network is inactive. Tickets that are there stay there until you complete them.
done-network-mailed = The ticket is outsourced; the e-mail to the network is on its way.
done-network-linked = The ticket is outsourced. Open the LiveLink now, so that the network gets the job.
done-network-sent = The ticket is outsourced. Please notify the network yourself.
done-network-canceled = The outsourcing is canceled; the ticket is free again.
note-network-mailed = outsourced the ticket to { $network } by e-mail.
note-network-linked = outsourced the ticket to { $network } by LiveLink.
note-network-sent = outsourced the ticket to { $network }.
note-network-canceled = canceled the outsourcing to { $network }.
note-network-canceled-reason = canceled the outsourcing to { $network }: { $reason }
note-network-completed = completed the outsourcing to { $network }.
audit-network-added = Outsource network added
audit-network-changed = Outsource network changed
audit-network-activated = Outsource network activated
audit-network-deactivated = Outsource network deactivated
audit-network-round-send = Ticket outsourced to a network
audit-network-round-complete = Outsourcing to a network completed
audit-network-round-cancel = Outsourcing to a network canceled
audit-network-round-complete_ticket = Outsourcing to a network completed with the ticket

list-networks = Networks
networks-open-rounds = All open
networks-all-rounds = Open and ended
networks-no-rounds = No ticket is with a network
networks-no-rounds-hint = Open a ticket and choose a network or a vendor in the Outsource menu.
