//! The matrix of section 4.1, printed whole, and the rules of section 4 about changing it.

use std::fmt::Write;

use super::*;
use crate::golden::golden;

pub(crate) fn actor(
    security: SecurityLevel,
    outsourcing: OutsourcingLevel,
    agreement: bool,
) -> Actor {
    Actor {
        company: CompanyId(1),
        person: PersonId(1),
        name: "Anna".to_owned(),
        security,
        outsourcing,
        agreement,
        operator: false,
        language: Language::De,
    }
}

fn mark(
    permission: Permission,
    security: SecurityLevel,
    agreement: bool,
    operator: bool,
) -> String {
    let mut marks = String::new();
    for level in OutsourcingLevel::ALL {
        let actor = Actor { operator, ..actor(security, level, agreement) };
        let sign = if allows(&actor, permission).is_ok() { "yes" } else { "-" };
        write!(marks, "{sign:<5}").unwrap();
    }
    marks.trim_end().to_owned()
}

#[test]
fn the_matrix_is_as_listed() {
    let mut text = String::from(
        "Every permission, by security level and outsourcing level, before and after the agreement.\n\
         Columns: none, outsourcing, partner_management, all. Printed by a test; STAFFEL_BLESS=1 rewrites it.\n",
    );
    for permission in Permission::ALL {
        writeln!(text, "\n{}", permission.name()).unwrap();
        for security in SecurityLevel::ALL {
            let before = mark(permission, security, false, false);
            let after = mark(permission, security, true, false);
            writeln!(text, "  {:<18} {before:<20}|  {after}", security.name()).unwrap();
        }
        let operator = mark(permission, SecurityLevel::ReadOnly, true, true);
        if operator != mark(permission, SecurityLevel::ReadOnly, true, false) {
            writeln!(text, "  {:<18} {operator:<20}|  {operator}", "(operator)").unwrap();
        }
    }
    golden("permissions.txt", &text);
}

/// Section 4.1, row by row, after the agreement.
#[test]
fn the_matrix_of_section_4_1() {
    let rows = [
        (Permission::SeeOutsourceBar, [true, true, true, true]),
        (Permission::SeeTerms, [false, true, true, true]),
        (Permission::Outsource, [false, true, true, true]),
        (Permission::DecideRounds, [false, true, true, true]),
        (Permission::SeeDashboard, [false, false, true, true]),
        (Permission::ManagePartners, [false, false, true, true]),
        (Permission::EditInvitation, [false, false, true, true]),
        (Permission::ManageNetworks, [false, false, true, true]),
        (Permission::ConfigurePermissions, [false, false, false, true]),
        (Permission::SeeFinancials, [false, false, false, true]),
    ];
    for (permission, expected) in rows {
        let found = OutsourcingLevel::ALL.map(|level| {
            allows(&actor(SecurityLevel::ServiceDeskUser, level, true), permission).is_ok()
        });
        assert_eq!(found, expected, "{permission:?}");
    }
}

#[test]
fn administrators_have_every_outsourcing_function_whatever_is_stored() {
    let stored_low = actor(SecurityLevel::Administrator, OutsourcingLevel::None, true);
    for permission in [Permission::Outsource, Permission::ManagePartners, Permission::SeeFinancials]
    {
        assert_eq!(allows(&stored_low, permission), Ok(()));
    }
}

#[test]
fn the_agreement_is_accepted_once_and_with_the_tick() {
    let allow_all = actor(SecurityLevel::Manager, OutsourcingLevel::All, false);
    assert_eq!(allows(&allow_all, Permission::AcceptAgreement), Ok(()));
    let later = Actor { agreement: true, ..allow_all };
    assert_eq!(allows(&later, Permission::AcceptAgreement), Err(Refusal::AgreementAccepted));
    let manager = actor(SecurityLevel::Manager, OutsourcingLevel::PartnerManagement, false);
    let refused = Refusal::LevelTooLow { level: OutsourcingLevel::All };
    assert_eq!(allows(&manager, Permission::AcceptAgreement), Err(refused));
    // The dashboard is there before, with what was received (section 3).
    assert_eq!(allows(&manager, Permission::OpenDashboard), Ok(()));
    assert_eq!(submit_agreement(false), Err(Refusal::AgreementNotTicked));
    assert_eq!(submit_agreement(true), Ok(()));
}

#[test]
fn defaults_follow_the_security_level() {
    use OutsourcingLevel::{All, None, Outsourcing};
    let defaults = SecurityLevel::ALL.map(SecurityLevel::default_outsourcing);
    assert_eq!(defaults, [All, None, Outsourcing, None]);
}

fn holder(security: SecurityLevel, outsourcing: OutsourcingLevel) -> Holder {
    Holder { security, outsourcing, active: true }
}

#[test]
fn an_administrator_is_never_lowered() {
    let target = holder(SecurityLevel::Administrator, OutsourcingLevel::All);
    for level in OutsourcingLevel::ALL {
        let expected = if level == OutsourcingLevel::All {
            Ok(())
        } else {
            Err(Refusal::AdministratorHoldsAll)
        };
        assert_eq!(change_level(&target, level, 5), expected);
    }
}

#[test]
fn somebody_active_always_holds_allow_all() {
    let last = holder(SecurityLevel::Manager, OutsourcingLevel::All);
    assert_eq!(change_level(&last, OutsourcingLevel::None, 0), Err(Refusal::LastAllowAll));
    assert_eq!(change_level(&last, OutsourcingLevel::All, 0), Ok(()));
    assert_eq!(change_level(&last, OutsourcingLevel::None, 1), Ok(()));
    assert_eq!(deactivate(&last, 0, 1), Err(Refusal::LastAllowAll));
    assert_eq!(deactivate(&last, 1, 1), Ok(()));
    let inactive = Holder { active: false, ..last };
    assert_eq!(change_level(&inactive, OutsourcingLevel::None, 0), Ok(()));
    let other = holder(SecurityLevel::Manager, OutsourcingLevel::Outsourcing);
    assert_eq!(change_level(&other, OutsourcingLevel::None, 0), Ok(()));
}

#[test]
fn the_last_administrator_stays_one() {
    let administrator = holder(SecurityLevel::Administrator, OutsourcingLevel::All);
    assert_eq!(deactivate(&administrator, 1, 0), Err(Refusal::LastAdministrator));
    let down = SecurityLevel::ReadOnly;
    assert_eq!(change_security(&administrator, down, 0), Err(Refusal::LastAdministrator));
    assert_eq!(change_security(&administrator, down, 1), Ok(OutsourcingLevel::All));
    let user = holder(SecurityLevel::ServiceDeskUser, OutsourcingLevel::Outsourcing);
    assert_eq!(change_security(&user, SecurityLevel::Administrator, 1), Ok(OutsourcingLevel::All));
    assert_eq!(
        change_security(&user, SecurityLevel::Manager, 1),
        Ok(OutsourcingLevel::Outsourcing)
    );
}

#[test]
fn the_partner_needs_no_outsourcing_level_to_answer() {
    for mv in Move::ALL {
        let needed = for_move(mv);
        assert_eq!(needed.is_none(), mv == Move::Expire);
        let desk = actor(SecurityLevel::ServiceDeskUser, OutsourcingLevel::None, false);
        let reader = actor(SecurityLevel::ReadOnly, OutsourcingLevel::None, false);
        if mv.who() == crate::outsourcing::Who::PARTNER {
            assert_eq!(needed.map(|permission| allows(&desk, permission)), Some(Ok(())));
            assert_eq!(
                needed.map(|permission| allows(&reader, permission)),
                Some(Err(Refusal::ReadOnly))
            );
        }
    }
}
