# The frame around every page, signing in, problems, times.

frame-skip = Skip to content
frame-menu = Menu
frame-navigation = Main navigation
frame-person-menu = User menu
frame-search = Search tickets
frame-updated = Updated
frame-draft = Your session had ended. What you wrote is here again; it is not saved yet.

nav-tickets = Tickets
nav-received = Received Work
nav-organizations = Organizations
nav-outsource = Outsource
nav-dashboard = Dashboard
nav-waiting-offers = waiting for acceptance
nav-waiting-approval = waiting for approval
nav-partners = Partners
nav-other = Other
nav-invite = Invite
nav-edit-invitation = Edit Invitation
nav-agreement = Outsource Agreement
nav-permissions = User Permissions
nav-administration = Administration
nav-people = Resources
nav-company = Company
nav-audit = Audit log
nav-mailbox = Mailbox
nav-preferences = Preferences
nav-password = Change password
nav-sign-out = Sign out

security-administrator = Administrator
security-manager = Manager
security-service_desk_user = Service Desk User
security-read_only = Read Only

sign-in-title = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-wrong = E-mail address and password do not match.
sign-in-forgotten = Forgot your password? An administrator of your company can set a new one.
sign-in-wait = Too many attempts. Please wait { $seconds } seconds.
sign-in-draft-kept = Your session has ended. What you have just written is still in this window and will reappear after you sign in.

problem-title-not-found = Not found
problem-title-forbidden = Not permitted
problem-title-stale = Changed in the meantime
problem-title-refused = This cannot be done
problem-title-overloaded = Too busy right now
problem-title-broken = Something went wrong
problem-title-odd = Request not understood
problem-not-found = This page does not exist, or it does not belong to your company.
problem-stale = Somebody else has saved this record in the meantime. What you typed is still here; open the record in a second window, compare, and enter there what is missing.
problem-unreadable = The request was incomplete or unreadable. Please reload the page and try again.
problem-elsewhere = This request came from another site and was therefore not carried out.
problem-too-large = This is too large. Please upload a smaller file or shorten the text.
problem-overloaded = Too much is happening at once. Please try again in a minute.
problem-broken = The fault is ours and has been recorded. Nothing was saved.
problem-colleagues-item = Somebody else wrote this; only that person, managers and administrators can change it.
problem-home = To the start page
problem-reference = Reference:

time-today = today
time-tomorrow = tomorrow
time-yesterday = yesterday
time-now = just now
time-ago = … ago
time-ahead = in …
time-minute = minute
time-minutes = minutes
time-hour = hour
time-hours = hours
time-day = day
time-days = days

form-mistakes = Please check these entries
form-save = Save
form-overtaken = Somebody else has saved this record in the meantime. Every field that differs shows what is saved now. Copy over what you want to keep; “Save my version” overwrites the rest.
form-theirs = Saved now:
form-theirs-empty = (empty)
form-theirs-ticked = ticked
form-theirs-unticked = not ticked
form-save-over = Save my version
form-back = Back
form-cancel = Cancel
form-edit = Edit
form-filter = Filter
form-reset = Reset filters
form-active = Active
form-inactive = Inactive

queue-service-desk = Service desk
queue-field-service = Field service
