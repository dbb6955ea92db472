# The company and setting up the installation.

company-title = Company
company-text = These settings apply to everybody in your company.
company-general = General
company-outsourcing = Outsourcing and insourcing
company-name = Company name
company-name-hint = Lead partners and service partners see your company under this name.
company-language = Language
company-language-hint = For everybody who has not chosen one.
company-time-zone = Time zone
company-time-zone-hint = It also determines the day in ticket numbers.
company-currency = Currency
company-accept-hours = Time to accept
company-accept-hours-hint = A service partner has this long to answer, unless you say otherwise when outsourcing.
company-hours = h
company-default-queue = Queue for received tickets
company-default-queue-hint = Every ticket that you accept from a lead partner goes here.
company-no-queue = None
company-queues = Queues
company-new-queue = New queue
company-add-queue = Add queue

setup-title = Set up Staffel
setup-text = This installation is still empty. Add your company and its first administrator, who also runs the installation.
setup-token = Set-up key
setup-token-hint = It is printed on the console where the program was started.
setup-person = Administrator
setup-submit = Set up
