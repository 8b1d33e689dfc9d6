// A page that has moved: on to the same place on the new page. From disk a folder has no page of
// its own.
const page = location.protocol === 'file:' ? 'index.html' : '';
location.replace(document.currentScript.dataset.url + page + location.hash);
