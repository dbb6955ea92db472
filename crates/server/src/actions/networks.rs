//! Networks and vendors: create, change, switch on and off (section 6).

use db::Tx;
use domain::ids::NetworkId;
use domain::language::Language;
use domain::message::Message;
use domain::network::template::{Variable, link_mistake, text_mistake, uses};
use domain::network::{Action, may_stand_for};
use domain::permission::Permission;
use domain::ticket::limits;

use super::check;
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::networks::Network;
use crate::words::Words;

/// Longest subject, in letters.
pub const LONGEST_SUBJECT: usize = 200;
/// Longest text of a letter, in letters.
pub const LONGEST_BODY: usize = 8000;
/// Longest template of a link, in letters.
pub const LONGEST_LINK: usize = 2000;
/// A hand-off is a letter, not a mailing.
const MOST_RECIPIENTS: usize = 10;

/// The letter a new network starts with, in the language its people read: subject and text.
pub fn standard(language: Language) -> (String, String) {
    let words = Words::of(language);
    let say = |key: &'static str| words.t(key).to_owned();
    (say("network-default-subject"), say("network-default-body"))
}

/// The addresses in what was typed: one a line, or with commas, semicolons or blanks between them. None twice.
pub fn addresses(typed: &str) -> Vec<&str> {
    let between = |letter: char| letter.is_whitespace() || letter == ',' || letter == ';';
    let mut found: Vec<&str> = Vec::new();
    for address in typed.split(between).filter(|address| !address.is_empty()) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            found.push(address);
        }
    }
    found
}

/// What is wrong with the texts of the chosen action; those of the others are kept and not looked at.
pub fn wording(network: &Network) -> Mistakes {
    let mut mistakes = Mistakes::default();
    match network.action {
        Action::Email => letter(&mut mistakes, network),
        Action::LiveLink => {
            check::required(&mut mistakes, "link", &network.link, LONGEST_LINK);
            if mistakes.is_empty()
                && let Some(mistake) = link_mistake(&network.link)
            {
                mistakes.add("link", mistake);
            }
        }
        Action::Nothing => {}
    }
    mistakes
}

fn letter(mistakes: &mut Mistakes, network: &Network) {
    let addresses = addresses(&network.recipients);
    if addresses.is_empty() {
        mistakes.add("recipients", Message::new("mistake-missing"));
    } else if addresses.len() > MOST_RECIPIENTS {
        let most = i64::try_from(MOST_RECIPIENTS).unwrap_or(i64::MAX);
        mistakes.add("recipients", Message::new("network-too-many-recipients").with("most", most));
    } else if let Some(odd) = addresses.iter().find(|address| !check::is_email(address)) {
        let message = Message::new("network-not-an-address").with("address", *odd);
        mistakes.add("recipients", message);
    }
    check::required(mistakes, "subject", &network.subject, LONGEST_SUBJECT);
    check::required(mistakes, "body", &network.body, LONGEST_BODY);
    for (field, text) in [("subject", &network.subject), ("body", &network.body)] {
        if let Some(mistake) = text_mistake(text) {
            mistakes.add(field, mistake);
        }
    }
    // An answer that names no ticket cannot be sorted in.
    if !network.subject.trim().is_empty() && !uses(&network.subject, Variable::TicketNumber) {
        mistakes.add("subject", Message::new("network-subject-number"));
    }
}

fn wrong(
    tx: &mut Tx,
    acting: &Acting,
    network: &Network,
    before: Option<&Network>,
) -> Result<Mistakes, Problem> {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "name", &network.name, limits::ORGANIZATION_NAME);
    let kept = before.is_some_and(|before| before.organization == network.organization);
    match store::organizations::of(tx, acting.actor.company, network.organization)? {
        Some(found) if kept || found.active => {
            if let Err(refusal) = may_stand_for(found.kind) {
                mistakes.add("organization", refusal.message());
            }
        }
        _ => mistakes.add("organization", Message::new("mistake-missing")),
    }
    mistakes.0.extend(wording(network).0);
    Ok(mistakes)
}

/// As it is stored: addresses one a line.
fn tidied(network: &Network) -> Network {
    Network { recipients: addresses(&network.recipients).join("\n"), ..network.clone() }
}

fn name_taken(error: db::Error) -> Problem {
    if error.is_unique() {
        Mistakes::one("name", Message::new("network-name-taken"))
    } else {
        error.into()
    }
}

/// Adds a network to the acting company.
pub fn create(tx: &mut Tx, acting: &Acting, new: &Network) -> Result<NetworkId, Problem> {
    check::require(acting, Permission::ManageNetworks)?;
    wrong(tx, acting, new, None)?.check()?;
    let id = store::networks::create(tx, acting.actor.company, &tidied(new), acting.now)
        .map_err(name_taken)?;
    store::audits::record(tx, acting, "audit-network-added", &new.name, new.action.name())?;
    tx.notify("company", &acting.actor.company.to_string())?;
    Ok(id)
}

/// Changes a network of the acting company. What has left for it stays as it left.
pub fn change(tx: &mut Tx, acting: &Acting, changed: &Network) -> Result<(), Problem> {
    check::require(acting, Permission::ManageNetworks)?;
    let before =
        store::networks::lock(tx, acting.actor.company, changed.id)?.ok_or(Problem::NotFound)?;
    wrong(tx, acting, changed, Some(&before))?.check()?;
    save(tx, acting, &tidied(changed), "audit-network-changed")
}

/// Lets tickets go to a network again, if nothing is wrong with it.
pub fn activate(tx: &mut Tx, acting: &Acting, id: NetworkId) -> Result<(), Problem> {
    check::require(acting, Permission::ManageNetworks)?;
    let before = store::networks::lock(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    if before.active {
        return Ok(());
    }
    // An organization that was switched off meanwhile, or a text that no longer fits, is mended first.
    wrong(tx, acting, &before, None)?.check()?;
    save(tx, acting, &Network { active: true, ..before }, "audit-network-activated")
}

/// Offers a network no more; tickets that are with it stay there until the lead closes them.
pub fn deactivate(tx: &mut Tx, acting: &Acting, id: NetworkId) -> Result<(), Problem> {
    check::require(acting, Permission::ManageNetworks)?;
    let before = store::networks::lock(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    if !before.active {
        return Ok(());
    }
    save(tx, acting, &Network { active: false, ..before }, "audit-network-deactivated")
}

fn save(
    tx: &mut Tx,
    acting: &Acting,
    network: &Network,
    audit: &'static str,
) -> Result<(), Problem> {
    let company = acting.actor.company;
    if !store::networks::save(tx, company, network).map_err(name_taken)? {
        return Err(Problem::Stale);
    }
    store::audits::record(tx, acting, audit, &network.name, network.action.name())?;
    tx.notify("company", &company.to_string())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::ids::OrganizationId;

    use super::*;

    fn network(language: Language) -> Network {
        let (subject, body) = standard(language);
        Network {
            id: NetworkId(0),
            name: "N".into(),
            organization: OrganizationId(1),
            action: Action::Email,
            language,
            recipients: "a@b.example".into(),
            subject,
            body,
            link: String::new(),
            active: true,
            version: 0,
        }
    }

    #[test]
    fn addresses_may_be_typed_in_any_way() {
        let typed = " a@b.example,c@d.example;\r\ne@f.example  A@B.example ";
        assert_eq!(addresses(typed), ["a@b.example", "c@d.example", "e@f.example"]);
        assert!(addresses(" ,; \n").is_empty());
    }

    #[test]
    fn the_letter_a_network_starts_with_has_no_mistakes() {
        for language in Language::ALL {
            assert!(wording(&network(language)).is_empty(), "{:?}", wording(&network(language)));
            let body = standard(language).1;
            for variable in [Variable::Title, Variable::Description, Variable::Message] {
                assert!(uses(&body, variable), "{variable:?}");
            }
        }
    }

    #[test]
    fn only_the_chosen_action_is_looked_at() {
        let odd = Network { recipients: "x".into(), link: "x".into(), ..network(Language::De) };
        let keys = |network: &Network| {
            wording(network)
                .0
                .into_iter()
                .map(|(field, message)| (field, message.key))
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&odd), [("recipients", "network-not-an-address")]);
        let link = Network { action: Action::LiveLink, ..odd.clone() };
        assert_eq!(keys(&link), [("link", "template-link-scheme")]);
        assert!(keys(&Network { action: Action::Nothing, ..odd.clone() }).is_empty());
        let nobody = Network { subject: "{titel}".into(), recipients: String::new(), ..odd };
        let expected = [
            ("recipients", "mistake-missing"),
            ("subject", "template-unknown-variable"),
            ("subject", "network-subject-number"),
        ];
        assert_eq!(keys(&nobody), expected);
    }
}
