# The outsource agreement.

agreement-title = Outsource Agreement
agreement-intro = Before your company can outsource tickets, an administrator accepts this agreement once for the whole company. Receiving tickets does not require it.
agreement-missing = This is what your company receives from others. To outsource tickets itself, it has to accept the outsource agreement once; the lists of outsourced work will then appear here, too.
agreement-missing-other = This is what your company receives from others. It can outsource tickets as soon as an administrator has accepted the outsource agreement here.
agreement-open = Read and accept the agreement
agreement-agree = I agree to the above terms and conditions
agreement-submit = Submit
agreement-accepted = Accepted by { $name } on { $at }.

agreement-scope = Scope
agreement-scope-text = This agreement governs how your company hands tickets to other companies through Staffel (outsources them). It is made between your company and the operator of this installation. What you and your service partner owe each other you agree between yourselves; the outsource terms of a ticket record what applies to that ticket.
agreement-roles = Lead partner and service partner
agreement-roles-text = Whoever hands out a ticket is the lead partner: the customer relationship, the responsibility towards the customer and the billing of the customer stay there. Whoever accepts it is the service partner and does the work on its own responsibility, with its own staff and with the care of a proper IT service provider. No employment and no joint company results from this.
agreement-offer = Offer and acceptance
agreement-offer-text = By sending it you offer a ticket on the terms stated, with pay, authorized amount, due date and time to accept. The offer binds you until it is accepted, declined, canceled or expires. Once the service partner accepts, the terms apply to both sides; after that they can be changed by mutual consent only.
agreement-exchange = What is exchanged
agreement-exchange-text = With the offer, only what the preview shows before sending leaves your company. While the tickets are linked, notes and files meant for all users as well as time entries and charges are kept in step between both sides. Internal entries, your customer’s hourly rate and your margin are never transferred. What was transferred once may be kept by the other side for its records.
agreement-privacy = Data protection
agreement-privacy-text = You pass on personal data only as far as the work on the ticket needs it and you are entitled to. Where the law requires it, you first conclude a data processing agreement with your service partner and inform your customer. The operator processes the data only in order to provide this service.
agreement-secrecy = Confidentiality
agreement-secrecy-text = Both sides treat everything they learn about a ticket and about the customer’s systems as confidential, also after their cooperation has ended. Credentials do not belong in notes. The service partner does not solicit customers it learns of in this way.
agreement-pay = Pay
agreement-pay-text = Pay follows the terms of the ticket. On completion the service partner’s time is put together into one charge on your side; more than the authorized amount and the authorized hours need not be paid without your consent. The partners invoice and pay each other directly; the operator has no part in it.
agreement-fee = Transaction fee
agreement-fee-text = No transaction fee is charged for tickets to service partners that work with an instance of their own. For each ticket accepted in the Subcontractor Portal by a service partner without an instance, a transaction fee may apply; its amount is stated in your contract with the operator and is shown before sending.
agreement-liability = Liability
agreement-liability-text = The operator provides the exchange and is not liable for the work that partners do for each other. In all other respects the operator is liable according to the law; liability for intent, gross negligence and injury to life, body and health remains unaffected. Towards the customer, the lead partner is liable for the service partner’s acts as for its own.
agreement-duration = Duration
agreement-duration-text = The agreement applies from acceptance for an indefinite time. It ends with your contract with the operator. For tickets that are still with a service partner then, their terms continue to apply until they are complete.
