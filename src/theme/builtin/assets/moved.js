// A page that has moved: on to the same place on the new page.
location.replace(document.currentScript.dataset.url + location.hash);
