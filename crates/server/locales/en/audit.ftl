# The audit log: columns and actions.

audit-title = Audit log
audit-text = Who did what, when and from where? Entries are never changed or deleted.
audit-search = Search the audit log
audit-export = Download as CSV
audit-older = Older
audit-none = No entries
audit-none-text = Nothing in the audit log fits this filter.
audit-at = Time
audit-person = Who
audit-action = Action
audit-about = About
audit-detail = Details
audit-ip = From

audit-agreement-accepted = Outsource agreement accepted
audit-company-changed = Company settings changed
audit-queue-added = Queue added
audit-person-added = Resource added
audit-person-changed = Resource changed
audit-permission-changed = Outsourcing permission changed
audit-password-changed = Own password changed
audit-password-reset = Password of a resource set
audit-organization-added = Organization added
audit-organization-changed = Organization changed
audit-contact-added = Contact added
audit-contact-changed = Contact changed
audit-ticket-deleted = Ticket deleted
audit-item-deleted = Entry deleted
audit-item-detached = Entry detached from synchronization
audit-lead-mapped = Lead partner mapped to an organization
audit-lead-remapped = Mapping of a lead partner changed

audit-round-saved = Outsource terms saved
audit-round-send = Ticket outsourced
audit-round-removed = Outsourcing removed before sending
audit-round-cancel = Outsourcing canceled
audit-round-accept = Outsourced ticket accepted
audit-round-decline = Outsourced ticket declined
audit-round-expire = Offer expired
audit-round-begin_work = Work begun
audit-round-report_completion = Completion reported
audit-round-approve = Completion approved
audit-round-reject = Completion rejected
audit-round-complete = Outsourcing completed
audit-round-complete_ticket = Outsourcing completed with the ticket
audit-round-return = Ticket returned
