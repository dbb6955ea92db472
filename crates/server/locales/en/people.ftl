# Resources, their permissions, one's own preferences.

people-title = Resources
person-new = New resource
person-data = Data
person-tab-security = Security
person-access = Access
person-name = Name
person-first-name = First name
person-last-name = Last name
person-email = Email address
person-email-hint = Used to sign in.
person-phone = Phone
person-security = Security level
person-security-hint = The first outsourcing permission follows from it.
person-security-change-hint = Whoever becomes administrator holds every outsourcing function. One active administrator must always remain.
person-level-before-agreement = Outsourcing permissions begin once the outsource agreement is accepted.
person-active = Active
person-active-hint = Inactive people can neither sign in nor be assigned. Nobody is ever deleted.
person-first-password = Initial password
person-password = Password
person-password-text = Hand the password over in a safe way. All sessions of this person end.
person-password-set = Set password

permissions-title = Configure User Permissions
permissions-text = Who may outsource? These permissions are independent of the security level.
permissions-column = Outsource Permissions

outsourcing-level-none = None
outsourcing-level-outsourcing = Allow Outsourcing
outsourcing-level-partner-management = Allow Partner Management
outsourcing-level-all = Allow All

preferences-title = Preferences
preferences-look = Language and appearance
preferences-of-company = As set for the company
preferences-time-zone-hint = You see and type all times in this time zone.
preferences-theme = Colours
theme-system = As the device
theme-light = Light
theme-dark = Dark

password-title = Change password
password-text = Your other sessions end with it.
password-old = Current password
password-new = New password
password-again = New password again
password-hint = At least ten characters. A sentence is better than a word.
