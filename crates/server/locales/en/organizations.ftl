# Organizations and their contacts.

organizations-title = Organizations
organizations-search = Search organizations
organizations-any-type = All types
organizations-none = No organizations yet
organizations-none-text = Your customers, partners and vendors are kept here. Every ticket belongs to an organization.
organizations-not-found = Nothing found
organizations-not-found-text = No organization matches these filters.

organization-new = New organization
organization-edit = Edit organization
organization-facts = Details
organization-reach = Address and contact details
organization-name = Name
organization-type = Type
organization-phone = Phone
organization-web = Website
organization-address = Street and number
organization-postal-code = Postal code
organization-city = City
organization-place = City
organization-country = Country
organization-tax-id = VAT number
organization-owner = Account manager
organization-state = State
organization-active = Active: can be chosen in tickets
organization-tickets = Tickets
organization-new-ticket = New ticket

organization-type-customer = Customer
organization-type-lead = Lead
organization-type-prospect = Prospect
organization-type-dead = Dead
organization-type-cancelation = Cancelation
organization-type-vendor = Vendor
organization-type-partner = Partner

contacts-title = Contacts
contacts-none = No contacts yet
contacts-more = There are more contacts that are not shown here.
contacts-none-text = E-mails about outsourcing, including the partner invitation, go to the primary contact.
contact-new = New contact
contact-edit = Edit contact
contact-facts = Contact
contact-name = Name
contact-first-name = First name
contact-last-name = Last name
contact-email = E-mail address
contact-phone = Phone
contact-primary = Primary contact
contact-primary-hint = One per organization; e-mails about outsourcing go to this contact.
contact-active = Active: can be chosen in tickets
