//! The names under which the values of an enum are stored and sent: `ALL`, `name` and `from_name`, stated once.

/// Gives an enum the list of its values, the stored name of each, and the way back.
macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order of the lists on the screen.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name it is stored and sent under; it never changes.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The value stored under this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use named;
