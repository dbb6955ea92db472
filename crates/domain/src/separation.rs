//! The data separation rules of section 19, by their numbers, as far as the rules can keep them alone.
//! Numbers 4 and 10 (whose row it is) are the server's to keep and to test.

use crate::network;
use crate::outsourcing::tests::round;
use crate::outsourcing::{Move, Side, Status, Who};
use crate::permission::tests::actor;
use crate::permission::{
    OutsourcingLevel, Permission, SecurityLevel, allows, for_move, for_network_move,
};
use crate::portal::PortalUser;
use crate::refusal::Refusal;
use crate::sync::tests::item;
use crate::sync::{Change, Crossing, Item, ItemKind, LinkState, Publish, crossing};
use crate::terms::tests::hourly;
use crate::terms::{Billing, Terms};
use crate::turn::PartnerView;

#[test]
fn separation_01_the_customers_rate_never_leaves_the_lead() {
    let terms = hourly();
    let other = Terms {
        billing: Billing { billing_rate: None, work_type: "Something else".to_owned() },
        ..terms.clone()
    };
    assert_eq!(terms.offered(), other.offered(), "the offer must not depend on internal billing");
    let seen = format!("{:?}", terms.offered().unwrap());
    assert!(!seen.contains("9500") && !seen.contains("On site"), "{seen}");
    assert!(seen.contains("6000"), "{seen}");
}

#[test]
fn separation_02_internal_things_never_leave_their_side() {
    for kind in ItemKind::ALL {
        for publish in [Publish::Internal, Publish::InternalCoManaged] {
            for side in Side::ALL {
                for status in Status::ALL {
                    for change in Change::ALL {
                        let never = Item { publish, ..item(kind) };
                        let nothing =
                            matches!(crossing(&never, change, side, status), Crossing::Nothing(_));
                        assert!(nothing, "{kind:?} {publish:?} {side:?} {status:?} {change:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn separation_03_what_arrives_is_for_internal_users_only() {
    for kind in ItemKind::ALL {
        for side in Side::ALL {
            let crossed = crossing(&item(kind), Change::Create, side, Status::InProgress);
            assert!(
                matches!(crossed, Crossing::Create { publish: Publish::Internal, .. }),
                "{crossed:?}"
            );
        }
    }
}

#[test]
fn separation_05_a_plain_portal_user_reaches_assigned_tickets_only() {
    assert_eq!(PortalUser::Plain.may_reach(false), Err(Refusal::NotAssigned));
    assert_eq!(PortalUser::Plain.may_reach(true), Ok(()));
    assert_eq!(PortalUser::Accepter.may_reach(false), Ok(()));
    assert_eq!(PortalUser::Administrator.may_reach(false), Ok(()));
}

#[test]
fn separation_06_the_partner_sees_a_ticket_only_from_assigned_on() {
    use PartnerView::{Ending, Nothing, Offer, Ticket};
    let views = Status::ALL.map(|status| round(status).partner_view());
    let expected = [Nothing, Offer, Ticket, Ticket, Ticket, Ticket, Ending, Ending, Ending, Ticket];
    assert_eq!(views, expected);
    let mut never_accepted = round(Status::Complete);
    never_accepted.accepted_at = None;
    assert_eq!(never_accepted.partner_view(), Ending);
}

#[test]
fn separation_07_while_waiting_and_afterwards_nothing_crosses() {
    for status in Status::ALL.into_iter().filter(|status| !status.is_linked()) {
        for kind in ItemKind::ALL {
            for change in Change::ALL {
                for link in [None, Some(LinkState::Linked)] {
                    let changed = Item { link, ..item(kind) };
                    for side in Side::ALL {
                        let nothing = matches!(
                            crossing(&changed, change, side, status),
                            Crossing::Nothing(_)
                        );
                        assert!(nothing, "{status:?} {kind:?} {change:?} {side:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn separation_08_without_a_level_one_sees_the_bar_but_not_the_terms() {
    for security in
        [SecurityLevel::Manager, SecurityLevel::ServiceDeskUser, SecurityLevel::ReadOnly]
    {
        let nobody = actor(security, OutsourcingLevel::None, true);
        assert_eq!(allows(&nobody, Permission::SeeOutsourceBar), Ok(()));
        let refused = Refusal::LevelTooLow { level: OutsourcingLevel::Outsourcing };
        assert_eq!(allows(&nobody, Permission::SeeTerms), Err(refused));
    }
}

#[test]
fn separation_09_before_the_agreement_no_lead_function_can_be_called() {
    let functions = [
        Permission::SeeTerms,
        Permission::Outsource,
        Permission::DecideRounds,
        Permission::SeeDashboard,
        Permission::ManagePartners,
        Permission::EditInvitation,
        Permission::ManageNetworks,
        Permission::ConfigurePermissions,
        Permission::ReadAgreement,
    ];
    for security in SecurityLevel::ALL {
        for level in OutsourcingLevel::ALL {
            for function in functions {
                let refused = allows(&actor(security, level, false), function);
                assert_eq!(
                    refused,
                    Err(Refusal::AgreementMissing),
                    "{security:?} {level:?} {function:?}"
                );
            }
        }
    }
    for mv in Move::ALL.into_iter().filter(|mv| mv.who() == Who::LEAD) {
        assert!(for_move(mv).is_some_and(|permission| functions.contains(&permission)), "{mv:?}");
    }
    for mv in network::Move::ALL {
        assert!(functions.contains(&for_network_move(mv)), "{mv:?}");
    }
}
