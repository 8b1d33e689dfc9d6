/* Settings before the first paint. */
(function(r){try{['theme','size','claims','previews'].forEach(function(k){var v=localStorage.getItem(k);if(v)r.dataset[k]=v})}catch(e){}r.classList.add('js-on')})(document.documentElement);
