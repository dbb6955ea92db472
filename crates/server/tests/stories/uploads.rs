//! Files that come in a form: several at once, too large ones, broken ones.

use crate::world::{Browser, Page, story};

/// A form with a title, a publish level and files of these sizes, in the order of the page.
async fn upload(browser: &mut Browser, to: &str, title: &[u8], sizes: &[usize]) -> Page {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n".to_vec();
    body.extend_from_slice(title);
    body.extend_from_slice(
        b"\r\n--x\r\nContent-Disposition: form-data; name=\"publish\"\r\n\r\ninternal\r\n",
    );
    for (at, size) in sizes.iter().enumerate() {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"datei{at}.bin\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&vec![b'x'; *size]);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    browser.post_raw(to, "multipart/form-data; boundary=x", body).await
}

story!(several_files_of_a_fair_size_arrive_together, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Zwei Dateien").await;
    let to = format!("{ticket}/files");
    upload(&mut anna, &to, b"Beide", &[6_000_000, 6_000_000]).await.is(303);
    assert_eq!(world.count("SELECT COUNT(*) FROM attachment WHERE size = 6000000"), 2);
});

story!(what_was_typed_beside_a_file_that_is_too_large_is_kept, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Zu groß").await;
    let to = format!("{ticket}/files");
    let page = upload(&mut anna, &to, "Getippter Titel".as_bytes(), &[12_000_000]).await.is(422);
    let page = page.shows("höchstens 10 MB groß").shows("Getippter Titel");
    page.shows("<option value=\"internal\" selected>");
    let page = anna.get(&format!("{ticket}/files/new")).await;
    let at = |name: &str| page.body.find(&format!("name=\"{name}\"")).unwrap();
    assert!(at("title") < at("file") && at("publish") < at("file"), "the file comes last");
    let folder = world.app.config.data_dir.join("files");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "nothing is left of it");
});

story!(a_broken_form_comes_back_as_a_form, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Zerbrochen").await;
    let to = format!("{ticket}/files");
    let kind = "multipart/form-data; boundary=x";
    let half =
        b"--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHalber Titel\r\n--x\r\nCont"
            .to_vec();
    let page = anna.post_raw(&to, kind, half).await.is(422);
    page.shows("nicht vollständig angekommen").shows("Halber Titel");
    anna.post_raw(&to, kind, b"Unsinn".to_vec())
        .await
        .is(422)
        .shows("nicht vollständig angekommen");
    anna.post_raw(&to, "text/plain", b"Unsinn".to_vec()).await.is(422);
    upload(&mut anna, &to, b"L\xf6sung", &[10]).await.is(303);
    anna.get(&ticket).await.shows("L\u{fffd}sung");
    let long = vec![b'x'; 100_000];
    upload(&mut anna, &to, &long, &[10]).await.is(422).shows("Höchstens 255 Zeichen");
});
