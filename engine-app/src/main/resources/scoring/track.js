/* Counts visits of this website for Leadloom. Keeps one random name of this browser, here and nowhere else. */
(function () {
  'use strict';
  var script = document.currentScript;
  if (!script || navigator.doNotTrack === '1') return;
  var target = script.src.replace(/\.js(\?.*)?$/, '');
  var key = 'leadloom_visitor';
  function fresh() {
    var bytes = new Uint8Array(16);
    (window.crypto || window.msCrypto).getRandomValues(bytes);
    return Array.prototype.map
      .call(bytes, function (byte) {
        return ('0' + byte.toString(16)).slice(-2);
      })
      .join('');
  }
  function visitor() {
    var found = document.cookie.match(/(?:^|; )leadloom_visitor=([0-9a-f]{32})(?:;|$)/);
    var name = found ? found[1] : fresh();
    var secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = key + '=' + name + '; path=/; max-age=31536000; samesite=lax' + secure;
    return name;
  }
  function tell() {
    var mark = location.search.match(/[?&]ll=([A-Za-z0-9_-]{20,40})(?:&|$)/);
    var body = JSON.stringify({
      visitor: visitor(),
      url: location.origin + location.pathname,
      title: document.title.slice(0, 200),
      mark: mark ? mark[1] : null,
    });
    if (!(navigator.sendBeacon && navigator.sendBeacon(target, body))) {
      var request = new XMLHttpRequest();
      request.open('POST', target, true);
      request.setRequestHeader('Content-Type', 'text/plain;charset=UTF-8');
      request.send(body);
    }
  }
  window.leadloom = { visitor: visitor, view: tell };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', tell);
  else tell();
})();
