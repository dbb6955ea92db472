# Resources, their permissions, one's own preferences.

people-title = Resources
person-new = New resource
person-data = Details
person-tab-security = Security
person-access = Access
person-name = Name
person-first-name = First name
person-last-name = Last name
person-email = E-mail address
person-email-hint = Used to sign in.
person-phone = Phone
person-security = Security level
person-security-hint = It also sets the initial outsourcing permission.
person-security-change-hint = Administrators automatically have all outsourcing permissions. One active administrator must always remain.
person-level-before-agreement = Outsourcing permissions begin once the outsource agreement is accepted.
person-active = Active
person-active-hint = Inactive people can neither sign in nor be assigned. Nobody is ever deleted.
person-first-password = Initial password
person-password = Password
person-password-text = Pass the password on in a safe way. All sessions of this person will end.
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
preferences-of-company = As in the company settings
preferences-time-zone-hint = All times are shown and entered in this time zone.
preferences-theme = Colors
theme-system = Same as the device
theme-light = Light
theme-dark = Dark

password-title = Change password
password-text = Your other sessions will be signed out.
password-old = Current password
password-new = New password
password-again = Repeat new password
password-hint = At least ten characters. A sentence is better than a word.
