//! The way in: what is typed at the door, who tries too often, when a session ends.

use axum::http::Request;
use jiff::SignedDuration;
use staffel::app::App;
use staffel::config::Config;
use staffel::store;

use crate::world::{Browser, World, story};

/// The same installation with other settings.
fn with(world: &World, change: impl FnOnce(Config) -> Config) -> Browser {
    let config = change((*world.app.config).clone());
    let app = App::open(config, world.app.clock.clone()).unwrap();
    Browser::new(staffel::serve::router(app, None))
}

story!(a_nul_is_no_letter_anywhere, world, {
    let mut nobody = world.nobody();
    nobody.post("/sign-in", &[("email", "a\u{0}b@c.de"), ("password", "x\u{0}")]).await.is(422);
    let mut anna = world.sign_in("anna").await;
    for path in ["/organizations?q=a%00b", "/organizations?after=1_a%00b", "/tickets?q=a%00b"] {
        anna.get(path).await.is(200);
    }
    for path in ["/partners?q=a%00", "/audit?q=a%00", "/operator/mailbox?q=a%00"] {
        let page = anna.get(path).await;
        assert!(page.status < 500, "{path}: {}", page.body);
    }
    let ticket = world.ticket(&mut anna, "Nullen").await;
    let body = "--x\r\nContent-Disposition: form-data; name=\"publish\"\r\n\r\nall\r\n--x\r\n\
                Content-Disposition: form-data; name=\"title\"\r\n\r\nLo\u{0}g\r\n--x\r\n\
                Content-Disposition: form-data; name=\"file\"; filename=\"a.log\"\r\n\r\nzeile\r\n--x--\r\n";
    anna.post_raw(
        &format!("{ticket}/files"),
        "multipart/form-data; boundary=x",
        body.as_bytes().to_vec(),
    )
    .await
    .is(303);
    anna.get(&ticket).await.is(200).shows("Log");
});

story!(signing_in_leads_to_our_pages_only, world, {
    let sign_in = [("email", "anna@stage.example"), ("password", "sieben Staffeln laufen")];
    for next in ["/\t/evil.example", "/\u{1}", "//evil.example"] {
        let mut fields = sign_in.to_vec();
        fields.push(("next", next));
        let page = world.nobody().post("/sign-in", &fields).await.is(303);
        assert_eq!(page.location, "/", "{next:?}");
    }
});

story!(tries_at_the_same_moment_count_as_tries_one_after_the_other, world, {
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let mut browser = world.nobody();
        tries.spawn(async move {
            let wrong = [("email", "anna@stage.example"), ("password", "falsch")];
            browser.post("/sign-in", &wrong).await.is(422).body.contains("Zu viele Versuche")
        });
    }
    let told_to_wait = tries.join_all().await.into_iter().filter(|wait| *wait).count();
    assert!(told_to_wait >= 32, "only {told_to_wait} of 40 had to wait");
    world.app.clock.advance(SignedDuration::from_mins(16));
    let mut anna = world.sign_in("anna").await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let mut browser = anna.clone();
        tries.spawn(async move {
            let new = "ein neues langes Passwort";
            let wrong = [("old", "falsch"), ("new", new), ("again", new)];
            let page = browser.post("/preferences/password", &wrong).await.is(422);
            page.body.contains("Zu viele Versuche")
        });
    }
    let told_to_wait = tries.join_all().await.into_iter().filter(|wait| *wait).count();
    assert!(told_to_wait >= 32, "only {told_to_wait} of 40 had to wait");
    anna.get("/tickets").await.is(200);
});

story!(a_session_ends_though_its_page_asks_for_news, world, {
    let mut anna = world.sign_in("anna").await;
    for _ in 0..3 {
        world.app.clock.advance(SignedDuration::from_hours(3));
        let news =
            Request::get("/tickets").header("cookie", anna.cookie()).header("x-part", "list");
        anna.send(news.body(axum::body::Body::empty()).unwrap()).await;
        anna.get("/live/company").await;
    }
    anna.get("/tickets").await.is(303);
    let mut anna = world.sign_in("anna").await;
    for _ in 0..3 {
        world.app.clock.advance(SignedDuration::from_hours(3));
        anna.get("/tickets").await.is(200);
    }
});

story!(who_clicks_stays_signed_in_however_short_the_limit, world, {
    let mut anna = with(&world, |config| Config { session_idle_minutes: 1, ..config });
    let who = [("email", "anna@stage.example"), ("password", "sieben Staffeln laufen")];
    anna.post("/sign-in", &who).await.is(303);
    for _ in 0..12 {
        world.app.clock.advance(SignedDuration::from_secs(10));
        anna.get("/tickets").await.is(200);
    }
    world.app.clock.advance(SignedDuration::from_secs(61));
    anna.get("/tickets").await.is(303);
});

story!(whoever_tries_many_tokens_waits, world, {
    let mut nobody = world.nobody();
    for at in 0..6 {
        nobody.get(&format!("/invitation/erfunden{at}")).await.is(404);
    }
    nobody.get("/invitation/erfunden").await.is(429).shows("Zu viele Versuche");
    nobody.get("/register?invitation=erfunden").await.is(429);
    nobody.post("/register", &[("invitation", "erfunden")]).await.is(429);
    world.app.clock.advance(SignedDuration::from_mins(16));
    nobody.get("/invitation/erfunden").await.is(404);
});

story!(only_the_last_proxy_says_where_somebody_comes_from, world, {
    let mut nobody = with(&world, |config| Config { trust_proxy: true, ..config });
    for at in 0..6 {
        let request = Request::post("/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("10.0.0.{at}"))
            .header("x-forwarded-for", format!("10.1.0.{at}, 192.0.2.7"));
        let form = format!("email=niemand{at}%40a.example&password=falsch");
        nobody.send(request.body(form.into()).unwrap()).await.is(422);
    }
    assert_eq!(world.count("SELECT failures FROM throttle WHERE name = 'address 192.0.2.7'"), 6);
});

story!(over_tls_browsers_are_told_to_stay_there, world, {
    let header = "strict-transport-security";
    assert!(world.nobody().get("/sign-in").await.headers.get(header).is_none());
    let url = "https://staffel.example".to_owned();
    let mut nobody = with(&world, |config| Config { public_url: url, ..config });
    assert_eq!(nobody.get("/sign-in").await.headers[header], "max-age=31536000");
});

story!(a_mail_that_was_given_up_can_be_sent_again, world, {
    let mut anna = world.sign_in("anna").await;
    let mail = world.count("SELECT MAX(id) FROM mail");
    let path = format!("/operator/mailbox/{mail}");
    world.app.db.write(move |tx| store::mails::failed(tx, mail, "tot", None)).await.unwrap();
    let again = format!("{path}/sending");
    // Without a mail server there is nothing to send with.
    anna.get(&path).await.is(200).hides("Erneut senden");
    let server = |config| Config { smtp_url: Some("smtp://127.0.0.1:9".into()), ..config };
    let mut operator = with(&world, server);
    let who = [("email", "anna@stage.example"), ("password", "sieben Staffeln laufen")];
    operator.post("/sign-in", &who).await.is(303);
    operator.get(&path).await.is(200).shows("Erneut senden").shows("tot");
    operator.post(&again, &[]).await.is(303);
    operator.get(&path).await.is(200).shows("Wartet").hides("Erneut senden").hides("tot");
    let queued = format!(
        "SELECT COUNT(*) FROM mail WHERE id = {mail} AND state = 'queued' AND attempts = 0"
    );
    assert_eq!(world.count(queued), 1);
    world.sign_in("axel").await.post(&again, &[]).await.is(403);
    operator.post("/operator/mailbox/999999/sending", &[]).await.is(404);
});

story!(a_text_that_is_far_too_long_is_told_as_such, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Protokoll").await;
    let log = "x".repeat(600 * 1024);
    let note = [("quick", "1"), ("publish", "all"), ("body", log.as_str())];
    anna.post(&format!("{ticket}/notes"), &note).await.is(413).shows("Das ist zu groß");
    for path in ["time/new", "charges/new", "outsource"] {
        let page = anna.get(&format!("{ticket}/{path}")).await;
        let areas = page.body.matches("<textarea").count();
        let limited = page.body.split("<textarea").skip(1);
        let limited = limited.filter(|area| area.split('>').next().unwrap().contains("maxlength"));
        assert_eq!(limited.count(), areas, "{path}");
    }
});

story!(who_comes_back_is_led_to_the_form_they_sent, world, {
    let send = |referer: &str| {
        Request::post("/tickets/5/notes")
            .header("sec-fetch-site", "same-origin")
            .header("host", "staffel.example")
            .header("referer", referer)
            .body(axum::body::Body::empty())
            .unwrap()
    };
    let mut nobody = world.nobody();
    let page = nobody.send(send("https://staffel.example/tickets/5?list=1")).await.is(303);
    assert_eq!(page.location, "/sign-in?next=%2Ftickets%2F5%3Flist%3D1");
    let page = nobody.send(send("https://elsewhere.example/tickets/5")).await.is(303);
    assert_eq!(page.location, "/sign-in");
});
