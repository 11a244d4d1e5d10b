// The page shows what the server's stream tells and sends back what a person does. It
// decides nothing: a bubble appears when the stream brings it, also for one's own words.
'use strict';

const one = (role, root = document) => root.querySelector(`[data-role="${role}"]`);
const narrow = matchMedia('(max-width: 899.9px)');
const nearEnd = 48; // px from the end of a log that still count as reading the newest

const phones = new Map(); // key → what belongs to a phone
let run = '';
let live = false; // past the replay: only then a message can be unread
let chosen = '';

function make(tag, className, text) {
  const el = document.createElement(tag);
  if (className) el.className = className;
  if (text !== undefined) el.textContent = text;
  return el;
}

// --- what the page sends -----------------------------------------------------------

async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.ok) return true;
    const why = await answer.json().catch(() => ({}));
    toast(why.error || 'chưa gửi được, chị thử lại nhé');
  } catch {
    toast('máy chủ đang nghỉ, chị chờ một chút rồi thử lại nhé');
  }
  return false;
}

let toastTimer = 0;
function toast(text) {
  const el = one('toast');
  el.textContent = text.charAt(0).toUpperCase() + text.slice(1);
  el.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { el.hidden = true; }, 6000);
}

async function say(phone) {
  const text = phone.input.value.trim();
  if (!text) return;
  phone.input.value = '';
  phone.kinds(false);
  toEnd(phone);
  const ok = await post('say', { phone: phone.key, member: phone.member.value, text });
  if (!ok && !phone.input.value) phone.input.value = text;
}

// --- building a phone --------------------------------------------------------------

const group = 'M8.500 11.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zm7.400.4a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400zM8.500 13C5.300 13 2 14.600 2 17.100V19h13v-1.900C15 14.600 11.700 13 8.500 13zm7.400.5c-.5 0-1 0-1.500.1 1.400.9 2.200 2 2.200 3.500V19H22v-1.500c0-2.500-3.200-4-6.100-4z';

function mark(el, setup, index) {
  el.classList.add(`tone-${index % 3}`);
  if (!setup.group) {
    el.textContent = setup.title.trim().split(/\s+/).pop().charAt(0).toUpperCase();
    return;
  }
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', group);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  el.append(svg);
}

function buildPhone(setup, index) {
  const root = document.getElementById('phone').content.cloneNode(true).firstElementChild;
  const phone = {
    key: setup.key, root, unread: 0, date: '', bubbles: new Map(),
    log: one('log', root), input: one('input', root), member: one('member', root), newer: one('newer', root),
    tab: make('button', 'tab'),
  };
  root.dataset.phone = setup.key;
  root.id = `phone-${index}`;
  mark(one('mark', root), setup, index);
  one('name', root).textContent = setup.title;
  one('name', root).id = `name-${index}`;
  root.setAttribute('aria-labelledby', `name-${index}`);
  one('subtitle', root).textContent = setup.subtitle;
  phone.log.setAttribute('aria-label', `Tin nhắn, ${setup.title}`);
  phone.log.append(make('p', 'empty', 'Chưa có tin nhắn nào.'));
  phone.input.setAttribute('aria-label', `Nhập tin nhắn, ${setup.title}`);
  one('mode', root).setAttribute('aria-label', `Hiện như Telegram, có nút bấm, ${setup.title}`);
  if (setup.members) {
    for (const name of setup.members) phone.member.append(new Option(name, name));
    phone.member.closest('label').hidden = false;
  }
  buildTab(phone, setup, index);
  wire(phone);
  return phone;
}

function buildTab(phone, setup, index) {
  const { tab } = phone;
  tab.type = 'button';
  tab.id = `tab-${index}`;
  tab.dataset.tab = setup.key;
  tab.setAttribute('role', 'tab');
  tab.setAttribute('aria-controls', phone.root.id);
  tab.append(make('span', 'tab-name', setup.title), make('span', 'count'));
  tab.addEventListener('click', () => choose(phone.key));
  tab.addEventListener('keydown', (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    const keys = [...phones.keys()];
    const next = keys[(keys.indexOf(phone.key) + step + keys.length) % keys.length];
    choose(next);
    phones.get(next).tab.focus();
  });
}

function wire(phone) {
  const { root, log, input } = phone;
  const form = root.querySelector('form');
  const kinds = one('kinds', root);
  const attach = one('attach', root);
  phone.kinds = (open) => {
    kinds.hidden = !open;
    attach.setAttribute('aria-expanded', String(open));
  };
  attach.addEventListener('click', () => phone.kinds(kinds.hidden));
  kinds.addEventListener('click', (e) => {
    const b = e.target.closest('[data-attach]');
    if (!b) return;
    phone.kinds(false);
    toEnd(phone);
    post('attach', { phone: phone.key, member: phone.member.value, kind: b.dataset.attach });
  });
  form.addEventListener('submit', (e) => { e.preventDefault(); say(phone); });
  let shift = false;
  input.addEventListener('keydown', (e) => {
    shift = e.shiftKey;
    // While a Vietnamese input method composes, Enter belongs to it.
    if (e.key !== 'Enter' || shift || e.isComposing) return;
    e.preventDefault();
    say(phone);
  });
  // Some on-screen keyboards tell of Enter only as a line break about to be typed.
  input.addEventListener('beforeinput', (e) => {
    if (shift || !['insertLineBreak', 'insertParagraph'].includes(e.inputType)) return;
    e.preventDefault();
    say(phone);
  });
  // A tap on "send" must not take the focus, or the on-screen keyboard would close.
  one('send', root).addEventListener('pointerdown', (e) => e.preventDefault());
  one('mode', root).addEventListener('click', (e) => {
    post('mode', { phone: phone.key, buttons: e.currentTarget.getAttribute('aria-checked') !== 'true' });
  });
  one('newer', root).addEventListener('click', () => toEnd(phone));
  const size = () => `${log.clientWidth}×${log.clientHeight}`;
  let known = '';
  log.addEventListener('scroll', () => {
    if (size() !== known) return; // the window changed, nobody scrolled
    phone.following = atEnd(log);
    if (phone.following) phone.newer.hidden = true;
  });
  log.addEventListener('click', (e) => {
    const b = e.target.closest('[data-role="button"]');
    if (b) press(phone, b);
  });
  phone.following = true;
  new ResizeObserver(() => {
    known = size();
    if (phone.following) toEnd(phone);
  }).observe(log);
  root.addEventListener('pointerdown', () => attend(phone));
  root.addEventListener('focusin', () => attend(phone));
}

// --- reading and unread ------------------------------------------------------------

function atEnd(log) { return log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd; }

function toEnd(phone) {
  phone.log.scrollTop = phone.log.scrollHeight;
  phone.following = true;
  phone.newer.hidden = true;
}

function attend(phone) {
  if (!narrow.matches) choose(phone.key);
  setUnread(phone, 0);
}

function setUnread(phone, n) {
  phone.unread = n;
  for (const el of [phone.root, phone.tab]) {
    if (n) el.dataset.unread = n; else delete el.dataset.unread;
  }
  phone.tab.querySelector('.count').textContent = n ? String(n) : '';
  phone.tab.setAttribute('aria-label', phone.tab.querySelector('.tab-name').textContent + (n ? `, ${n} tin chưa đọc` : ''));
}

function choose(key) {
  chosen = key;
  for (const phone of phones.values()) {
    const on = phone.key === key;
    phone.root.classList.toggle('chosen', on);
    phone.tab.setAttribute('aria-selected', String(on));
    phone.tab.tabIndex = on ? 0 : -1;
    if (on) {
      setUnread(phone, 0);
      if (narrow.matches && phone.following) toEnd(phone);
    }
  }
}

// --- bubbles -----------------------------------------------------------------------

const things = { sticker: '🌸', voice: '🎤 Tin thoại · 0:04', photo: '🖼️ Ảnh' };

function addMessage(m) {
  const phone = phones.get(m.phone);
  if (!phone || phone.bubbles.has(m.id)) return;
  const { log } = phone;
  if (!phone.date) log.replaceChildren();
  if (phone.date !== m.date) {
    phone.date = m.date;
    const day = make('div', 'day');
    const words = make('span', '', m.day);
    words.dataset.role = 'day';
    day.append(words);
    log.append(day);
  }
  const item = make('div', `item ${m.from} ${m.kind}`);
  item.dataset.role = 'bubble';
  item.dataset.message = m.id;
  item.dataset.from = m.from;
  item.dataset.kind = m.kind;
  const bubble = make('div', 'bubble');
  if (m.name) bubble.append(make('div', 'speaker', m.name));
  const text = make('div', 'text', m.kind === 'text' ? '' : things[m.kind]);
  if (m.kind === 'text') text.append(...linked(m.text || ''));
  text.dataset.role = 'text';
  const time = make('span', 'time', m.time);
  if (m.file) bubble.append(fileOf(m));
  bubble.append(text, time);
  item.append(bubble);
  setKeys(item, m);
  log.append(item);
  phone.bubbles.set(m.id, item);
  if (phone.following || m.from === 'me') toEnd(phone);
  else if (live) phone.newer.hidden = false;
  if (live && m.from === 'bot' && phone.key !== chosen) setUnread(phone, phone.unread + 1);
  if (live && m.from === 'me') document.body.classList.add('begun');
}

// linked is a text in which addresses can be opened, as on a real phone.
function linked(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, i) => {
    if (i % 2 === 0) return part;
    const link = make('a', 'link', part);
    link.href = part;
    link.target = '_blank';
    link.rel = 'noreferrer';
    return link;
  });
}

// fileOf is a picture, which opens large, or a file to be kept.
function fileOf(m) {
  const link = make('a', m.file.picture ? 'picture' : 'file');
  link.href = m.file.url || `file/${encodeURIComponent(m.phone)}/${encodeURIComponent(m.id)}`;
  if (m.file.picture) {
    const img = make('img');
    img.src = link.href;
    img.alt = m.text || m.file.name;
    img.dataset.role = 'picture';
    img.addEventListener('load', () => { if (phones.get(m.phone).following) toEnd(phones.get(m.phone)); });
    link.target = '_blank';
    link.append(img);
    return link;
  }
  link.dataset.role = 'file';
  link.download = m.file.name;
  link.textContent = `📎 ${m.file.name} (${Math.max(1, Math.round(m.file.size / 1024))} KB)`;
  return link;
}

function setKeys(item, m) {
  item.querySelector('.keys')?.remove();
  if (!m.rows?.length) return;
  const keys = make('div', 'keys');
  for (const row of m.rows) {
    const line = make('div', 'row');
    for (const b of row) {
      const key = make('button', 'key', b.label);
      key.type = 'button';
      key.dataset.role = 'button';
      key.dataset.data = b.data;
      line.append(key);
    }
    keys.append(line);
  }
  item.append(keys);
}

function editMessage(m) {
  const phone = phones.get(m.phone);
  const item = phone?.bubbles.get(m.id);
  if (!item) return;
  // A keyboard user who pressed a button that now goes would be thrown to the page's top.
  const held = item.contains(document.activeElement);
  one('text', item).replaceChildren(...linked(m.text || ''));
  setKeys(item, m);
  if (held && !item.contains(document.activeElement)) phone.log.focus({ preventScroll: true });
  item.classList.remove('edited');
  if (live) requestAnimationFrame(() => item.classList.add('edited'));
  if (phone.following) toEnd(phone);
}

async function press(phone, b) {
  b.classList.add('busy');
  document.body.classList.add('begun');
  const ok = await post('press', { phone: phone.key, member: phone.member.value, message: b.closest('[data-message]').dataset.message, data: b.dataset.data });
  if (!ok) b.classList.remove('busy');
}

function take(t) {
  const item = phones.get(t.phone)?.bubbles.get(t.id);
  if (!item) return;
  if (!t.data) { item.dataset.taken = ''; return; }
  for (const b of item.querySelectorAll('.busy')) {
    if (b.dataset.data === t.data) b.classList.remove('busy');
  }
}

// --- the stream --------------------------------------------------------------------

function setUp(s) {
  if (run && run !== s.run) toast('bot vừa khởi động lại, màn hình bắt đầu từ đầu');
  run = s.run;
  document.title = s.title;
  one('title').textContent = s.title;
  one('hint').textContent = s.hint;
  phones.clear();
  s.phones.forEach((p, i) => phones.set(p.key, buildPhone(p, i)));
  one('phones').replaceChildren(...[...phones.values()].map((p) => p.root));
  one('tabs').replaceChildren(...[...phones.values()].map((p) => p.tab));
  one('jumps').replaceChildren(...s.jumps.map((label) => {
    // "Sang 25/11 08:00 (mở kỳ)" stands in two lines.
    const [, main, why] = label.match(/^(.+) \((.+)\)$/) ?? [, label];
    const b = make('button', 'chip', main);
    if (why) b.append(' ', make('small', '', why));
    b.type = 'button';
    b.dataset.jump = label;
    b.addEventListener('click', () => moveClock({ jump: label }));
    return b;
  }));
  layOut();
  choose(phones.has(chosen) ? chosen : s.phones[0]?.key);
}

// Moves wait for each other on the server; the same one twice at once is a finger that
// tapped twice.
const moving = new Set();
async function moveClock(how) {
  const name = how.jump || how.to;
  if (moving.has(name)) return;
  moving.add(name);
  one('jumps').classList.add('busy');
  const ok = await post('clock', how);
  moving.delete(name);
  if (moving.size) return;
  one('jumps').classList.remove('busy');
  if (ok) { one('clock-input').value = ''; openMoves(false); }
}

function showClock(c) {
  document.querySelector('.face').dataset.clock = c.value;
  one('clock-time').textContent = c.time;
  one('clock-day').textContent = c.day;
  for (const el of document.querySelectorAll('[data-role="status-time"]')) el.textContent = c.time;
  document.querySelectorAll('[data-jump]').forEach((b, i) => { b.disabled = !c.open[i]; });
}

function openMoves(open) {
  document.body.classList.toggle('moving', open);
  one('clock-toggle').setAttribute('aria-expanded', String(open));
}

function layOut() {
  for (const p of phones.values()) {
    if (narrow.matches) p.root.setAttribute('role', 'tabpanel'); else p.root.removeAttribute('role');
  }
}

function listen() {
  const stream = new EventSource('events');
  const on = (name, f) => stream.addEventListener(name, (e) => f(JSON.parse(e.data)));
  on('setup', setUp);
  on('clock', showClock);
  on('message', addMessage);
  on('edit', editMessage);
  on('taken', take);
  on('mode', (m) => {
    const el = one('mode', phones.get(m.phone).root);
    el.setAttribute('aria-checked', String(m.buttons));
    one('mode-label', el).textContent = m.buttons ? 'Telegram' : 'Zalo';
  });
  on('live', () => { live = true; document.body.dataset.live = ''; });
  stream.addEventListener('error', () => { live = false; delete document.body.dataset.live; });
}

one('clock-toggle').addEventListener('click', () => openMoves(!document.body.classList.contains('moving')));
one('clock-form').addEventListener('submit', (e) => {
  e.preventDefault();
  moveClock({ to: one('clock-input').value });
});
narrow.addEventListener('change', () => { layOut(); choose(chosen); });
document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  openMoves(false);
  for (const p of phones.values()) p.kinds(false);
});
// Where the keyboard covers the page instead of shrinking it (iOS), fit what is left.
visualViewport?.addEventListener('resize', () => {
  if (!narrow.matches || visualViewport.scale > 1.01) return;
  document.documentElement.style.setProperty('--page-height', `${visualViewport.height}px`);
  scrollTo(0, 0);
});
listen();
