//! Icons, taken from Lucide. They are decoration: the word beside them carries the meaning.

use std::sync::OnceLock;

use icondata_lu as lu;
use maud::{Markup, PreEscaped, html};

use crate::secret;

macro_rules! icons {
    ($($name:ident => $data:ident,)*) => {
        /// What a page may show.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum Icon { $($name,)* }

        impl Icon {
            /// Every icon.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            fn paths(self) -> &'static str {
                match self { $(Self::$name => lu::$data.data,)* }
            }
        }
    };
}

icons! {
    Dashboard => LuLayoutDashboard,
    Ticket => LuTicket,
    Received => LuInbox,
    Send => LuSend,
    Organization => LuBuilding2,
    People => LuUsers,
    Person => LuUser,
    Partner => LuHandshake,
    Lead => LuBriefcase,
    Network => LuNetwork,
    Settings => LuSettings,
    Search => LuSearch,
    Filter => LuListFilter,
    Columns => LuColumns3,
    Bookmark => LuBookmark,
    Plus => LuPlus,
    Edit => LuPencil,
    Delete => LuTrash2,
    Check => LuCheck,
    Close => LuX,
    Down => LuChevronDown,
    Up => LuChevronUp,
    Right => LuChevronRight,
    Left => LuChevronLeft,
    Back => LuArrowLeft,
    SortUp => LuArrowUp,
    SortDown => LuArrowDown,
    SortNone => LuChevronsUpDown,
    Handover => LuArrowRightLeft,
    Document => LuFileText,
    Agreement => LuScrollText,
    Attachment => LuPaperclip,
    Clock => LuClock,
    Time => LuTimer,
    Deadline => LuCalendarClock,
    Note => LuStickyNote,
    Message => LuMessageSquare,
    Charge => LuReceipt,
    Money => LuCoins,
    Bell => LuBell,
    Mail => LuMail,
    Phone => LuPhone,
    Lock => LuLock,
    Key => LuKeyRound,
    Shield => LuShieldCheck,
    Link => LuLink2,
    Unlink => LuUnlink,
    Eye => LuEye,
    EyeOff => LuEyeOff,
    Chart => LuChartColumn,
    Download => LuDownload,
    Upload => LuUpload,
    Print => LuPrinter,
    SignOut => LuLogOut,
    Menu => LuMenu,
    More => LuEllipsis,
    Info => LuInfo,
    Alert => LuCircleAlert,
    Warning => LuTriangleAlert,
    Success => LuCircleCheck,
    Refused => LuCircleX,
    Ban => LuBan,
    Return => LuUndo2,
    History => LuHistory,
    Refresh => LuRefreshCw,
    External => LuExternalLink,
    Device => LuMonitor,
    Server => LuServer,
    Globe => LuGlobe,
    Sun => LuSun,
    Moon => LuMoon,
    Workflow => LuWorkflow,
    Help => LuCircleHelp,
    Handbook => LuBookOpen,
    Copy => LuCopy,
    Flag => LuFlag,
}

/// An icon the size of the text around it. A page names its icons and the browser draws them from one file that it keeps
/// ([`SHEET`]): drawn into the page they were more than half of it.
pub fn icon(name: Icon) -> PreEscaped<&'static str> {
    static DRAWN: OnceLock<Vec<String>> = OnceLock::new();
    let drawn = DRAWN.get_or_init(|| {
        let version = secret::digest(sheet());
        let version = version.get(..8).unwrap_or_default();
        let one = |name: &Icon| {
            format!(
                r#"<svg class="icon" aria-hidden="true"><use href="/static/{SHEET}?v={version}#{name:?}"/></svg>"#
            )
        };
        Icon::ALL.iter().map(one).collect()
    });
    PreEscaped(drawn.get(name as usize).map_or("", String::as_str))
}

/// The name of the file that all icons are drawn from.
pub const SHEET: &str = "icons.svg";

/// What stands in it.
pub fn sheet() -> &'static str {
    static ALL: OnceLock<String> = OnceLock::new();
    ALL.get_or_init(|| {
        let drawn = Icon::ALL.iter().map(|name| {
            format!(r#"<symbol id="{name:?}" viewBox="0 0 24 24">{}</symbol>"#, name.paths())
        });
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{}</svg>"#, drawn.collect::<String>())
    })
}

/// The mark of the product: a baton handed from one lane to the next.
pub fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
            rect.logo-ground width="32" height="32" rx="8" {}
            path.logo-lane d="M6.5 12.5h8M17.5 19.5h8" {}
            path.logo-baton d="M11.5 21.5l9-11" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Icon, PreEscaped, icon, sheet};

    #[test]
    fn every_icon_draws_something_of_its_own() {
        let mut drawn: Vec<&str> = Icon::ALL.iter().map(|name| name.paths()).collect();
        assert!(drawn.iter().all(|shape| shape.contains("/>")), "an icon without a shape");
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), Icon::ALL.len());
    }

    #[test]
    fn every_icon_points_to_its_drawing() {
        for name in Icon::ALL {
            let PreEscaped(shown) = icon(*name);
            let place = shown.split('#').nth(1).and_then(|rest| rest.split('"').next());
            let drawing = format!(
                r#"<symbol id="{}" viewBox="0 0 24 24">{}</symbol>"#,
                place.unwrap_or("?"),
                name.paths()
            );
            assert!(sheet().contains(&drawing), "{shown}");
        }
    }
}
