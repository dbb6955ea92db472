//! Tells a test on both databases, one after the other.

/// `on_both! { async fn a_sentence(engine) { … } }`
macro_rules! on_both {
    ($(async fn $name:ident($engine:ident) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn tell($engine: $crate::house::Engine) $body
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                tell($crate::house::Engine::Sqlite).await;
            }
            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if $crate::house::is_there($crate::house::Engine::Postgres) {
                    tell($crate::house::Engine::Postgres).await;
                }
            }
        }
    )+};
}
pub(crate) use on_both;
