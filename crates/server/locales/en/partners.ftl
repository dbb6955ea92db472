# Inviting and managing partners, the invitation, registration.

partnership-state-not-invited = Not invited
partnership-state-invited = Invited
partnership-state-active = Active
partnership-state-declined = Declined
partnership-state-inactive = Inactive
partnership-move-send-invitation = Send invitation
partnership-move-resend = Resend invitation
partnership-move-accept = Accept invitation
partnership-move-decline = Decline invitation
partnership-move-withdraw = Withdraw invitation
partnership-move-reinvite = Invite again
partnership-move-deactivate = Deactivate
partnership-move-reactivate = Reactivate

partner-title = Invite partners
partner-subtitle = Every organization that is or could become your service partner
partner-edit-invitation = Edit Invitation
partner-new-organization = New organization
partner-new-contact = New contact
partner-choose = Select
partner-choose-all = Select all that can be invited
partner-organization = Organization
partner-type = Type
partner-place = Place
partner-kind = Partner type
partner-kind-tenant = Tenant
partner-kind-portal = Subcontractor Portal
partner-status = Outsourcing status
partner-why-invited = already invited
partner-why-active = already a partner
partner-why-inactive = reactivate first
partner-recipient = Recipient
partner-invitation-recipient = Invitation recipient
partner-invited = Invited
partner-expired = expired
partner-valid-until = valid until
partner-responded = Responded
partner-outsourced = Last outsourced
partner-open = Open tickets
partner-open-count = { $count ->
    [one] one open ticket
   *[other] { $count } open tickets
}
partner-actions = Actions
partner-invite-chosen = Invite selected
partner-invite-hint = Select one or more organizations. Those that have no recipient who can be reached yet, that are already invited or are partners cannot be selected.
partner-invite-none = To invite an organization, choose its recipient first.
partner-none-chosen = You have not selected any organization.
partner-some-invited = { $count ->
    [one] One invitation is on its way.
   *[other] { $count } invitations are on their way.
}
partner-some-refused = Not invited:
partner-not-found = No organization found
partner-not-found-hint = No organization matches these filters.
partner-none = No possible partners yet
partner-none-hint = Add an organization of type Partner, Vendor or Customer; then you can invite it here.
partner-choose-recipient = Choose recipient
partner-edit-recipient = Edit recipient
partner-recipient-nobody = Nobody
partner-recipient-hint = The e-mail address is taken from the contact. Without a primary contact, e-mails about outsourced tickets go to this recipient, too.
partner-recipient-language = Language of the invitation
partner-recipient-language-hint = The invitation is sent in this language. You word it in both languages under “Edit Invitation”.
partner-recipient-inactive = This contact is inactive and cannot be chosen.
partner-recipient-invited = An invitation is on its way. It stays valid until you resend or withdraw it.
partner-primary = primary contact
partner-history = History
partner-history-none = Nothing has happened yet
partner-history-none-hint = As soon as you invite this organization, this page shows who did what and when.
partner-when = When
partner-move = What
partner-who = Who
partner-invited-side = Invited company

done-partner-invited = The invitation is on its way.
done-partners-invited = The invitations are on their way.
done-partner-renewed = The invitation is on its way again. The earlier link is no longer valid.
done-partner-withdrawn = The invitation has been withdrawn; its link is no longer valid.
done-partner-deactivated = The partner has been deactivated. Open tickets continue.
done-partner-reactivated = The partner is active again.
done-partner-recipient = The recipient has been saved.
done-invitation-text-saved = The invitation text has been saved.
done-invitation-text-reset = The default invitation text is in use again.
done-invitation-accepted = Invitation accepted. Tickets from this lead partner appear here as soon as they are assigned to you.
done-invitation-declined = Invitation declined. The lead partner has been notified.
done-registered = Welcome! Your company is registered and the invitation accepted. Tickets assigned to you appear here.

audit-partner-recipient = Invitation recipient chosen
audit-partner-invited = Partner invited
audit-partner-invitation-resent = Invitation resent
audit-partner-invitation-accepted = Invitation accepted
audit-partner-invitation-declined = Invitation declined
audit-partner-invitation-withdrawn = Invitation withdrawn
audit-partner-reinvited = Partner invited again
audit-partner-deactivated = Partner deactivated
audit-partner-reactivated = Partner reactivated
audit-invitation-text-changed = Invitation text changed
audit-invitation-text-reset = Invitation text reset
audit-company-registered = Company registered

invitation-text-title = Edit Invitation
invitation-text-subtitle = The companies you invite receive this text in the language you choose for the recipient.
invitation-text-language = Language of the text
invitation-text-subject = Subject
invitation-text-body = Text
invitation-text-hint = Plain text; empty lines separate paragraphs. The variable {"{link}"} must be in it.
invitation-text-preview = Preview
invitation-text-preview-hint = With sample values; nothing is saved yet.
invitation-text-reset = Reset to the default text
invitation-variables = Variables
invitation-variables-hint = These words in braces are replaced when the invitation is sent, for example:
invitation-variable-company = Name of your company
invitation-variable-sender = Name of the person who invites
invitation-variable-sender-email = E-mail address of the person who invites
invitation-variable-sender-phone = Phone number of the person who invites
invitation-variable-first-name = First name of the recipient
invitation-variable-last-name = Last name of the recipient
invitation-variable-organization = Organization of the recipient
invitation-variable-link = Link to accept or decline (mandatory)
invitation-variable-expires = Last day on which the invitation is valid
invitation-unknown-variable = There are no such variables: { $names }
invitation-link-missing = Without the variable {"{link}"} nobody can accept the invitation. Please add it.
invitation-link-in-subject = The link belongs in the text, not in the subject.
invitation-sample-first-name = Pat
invitation-sample-last-name = Sample
invitation-sample-organization = Sample IT Services Ltd
invitation-default-subject = {"{company}"} invites you to work together
invitation-default-body =
    Hello {"{first_name}"} {"{last_name}"},

    {"{company}"} would like to outsource tickets to {"{organization}"}: you get an offer with the task, the deadline and the agreed pay, and decide ticket by ticket whether to accept it.

    Follow this link to read the invitation and to accept or decline it:
    {"{link}"}

    The invitation is valid until {"{expires}"}. The link is meant for you alone; please do not pass it on.

    If you have any questions, write to me at {"{sender_email}"}.

    Kind regards
    {"{sender}"}
    {"{company}"}

invitation-title = Invitation to work together
invitation-says = { $lead } would like to outsource tickets to you and invites your company to become its service partner.
invitation-lead = Lead partner
invitation-sender = Invited by
invitation-organization = Invited as
invitation-until = Valid until
invitation-meaning = What this means
invitation-meaning-tickets = { $lead } can assign tickets to you, each with a deadline, a task and agreed pay.
invitation-meaning-choice = You decide ticket by ticket whether to accept or decline.
invitation-meaning-own = You work accepted tickets in your own environment. Internal notes stay with you.
invitation-meaning-separate = { $lead } sees neither your other tickets nor your other lead partners.
invitation-meaning-free = You do not need to accept the Outsource Agreement for this.
invitation-how = To answer, sign in as an administrator of your company. If your company is not here yet, register it; that accepts the invitation.
invitation-sign-in = Sign in and answer
invitation-register = Register your company
invitation-for = You are answering for { $company }.
invitation-accept = Accept
invitation-decline = Decline
invitation-administrator = Only an administrator of your company can accept or decline this invitation. Please let them know.
invitation-own-company = This invitation comes from your own company. Only the invited company can accept or decline it.
invitation-already-partner = Your company is already a service partner of { $lead }. You cannot accept this second invitation.
invitation-gone-title = This invitation is not valid
invitation-gone = The link is wrong, used, withdrawn or expired. Ask the company that invited you for a new invitation.

register-title = Register your company
register-hint = By registering you accept the invitation from { $lead }.
register-company = Your company
register-name = Company name
register-language = Language
register-currency = Currency
register-time-zone = Time zone
register-person = First administrator
register-person-hint = You can add more people once you are signed in.
register-first-name = First name
register-last-name = Last name
register-email = E-mail address
register-phone = Phone
register-password = Password
register-repeat = Repeat password
register-repeat-differs = The two passwords differ.
register-submit = Register and accept the invitation
