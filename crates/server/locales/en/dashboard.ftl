# The Outsource Management dashboard: lists, columns, filters, saved views.

dashboard-title = Outsource Management dashboard
dashboard-outsourced = Outsourced Work
dashboard-received = Received Work
dashboard-lists = Lists
dashboard-search = Number, title, partner
filter-search-networks = Number, title, network
dashboard-empty = This list is empty
dashboard-empty-hint = Open a ticket and choose a partner in its “Outsource” menu.
list-my-open = All My Open
list-open = All Open
list-unsent = Unsent
list-waiting-acceptance = Waiting Acceptance
list-accepted = Accepted
list-in-progress = In Progress
list-waiting-approval = Waiting Approval
list-declined-expired = Declined, expired, returned
list-canceled = Canceled
list-complete = Complete
list-received-waiting-acceptance = Waiting Acceptance
list-received-my-open = All My Open
list-received-open = All Open
list-received-accepted = Accepted
list-received-in-progress = In Progress
list-received-waiting-approval = Waiting Approval
list-received-complete = Complete
list-received-ended = Declined, expired, canceled, returned
currency = Currency

round-insource-status = Insource status
round-lead-number = Lead partner’s ticket
round-sent-on = Sent on
round-billing-rate = Customer rate
round-hours-used = Hours used
round-amount-used = Amount used
round-charges = Charges
charges-elsewhere = { $count ->
    [one] + 1 in another currency
   *[other] + { $count } in another currency
}
charges-elsewhere-head = Charges in another currency (number)
mark-overdue = Overdue

columns-choose = Columns
columns-apply = Apply
columns-standard = Default

filter-any-partner = All partners
filter-any-lead = All lead partners
filter-any-network = All networks
filter-overdue = Overdue only
filter-more = More filters
filter-apply = Apply filters
filter-sent-from = Sent from
filter-sent-to = Sent to
filter-accept-from = Accept by, from
filter-accept-to = Accept by, to
filter-due-from = Due from
filter-due-to = Due to
filter-since-from = In this status since, from
filter-since-to = In this status since, to
period = Period
period-month = Last 30 days
period-quarter = Last 90 days
period-all = All time
dashboard-empty-period = Nothing was completed in this period. “All time” shows what is older.
csv-too-many = The list has more than { $most } rows. Please narrow it with the filters so that the file is complete.

views-mine = My views
view = This view
view-save = Save view
view-save-another = Save as a new view
view-overwrite = Overwrite with what is shown now
view-edit = Edit view
view-delete = Delete view
view-back = Back to the list
view-name = Name of the view
view-name-hint = List, filters, sorting and columns are saved under this name. Only you can see the view.
view-start = Start with this view
view-start-hint = The dashboard will open with this view instead of the first list.
done-view-saved = The view has been saved.
done-view-deleted = The view has been deleted.
mistake-views-full = You have { $most } views already. Please delete one that you no longer need first.
mistake-view-too-long = These are too many filters to save. Please remove some.
mistake-span = The end is before the beginning.
