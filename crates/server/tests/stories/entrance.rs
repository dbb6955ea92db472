//! The way in: what is typed at the door, who tries too often, when a session ends.

use crate::world::story;

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
