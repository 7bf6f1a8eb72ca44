/** The pages' one stylesheet, light and dark. The `--host-*` names are what an embedded frame reads to look at home here. */
export const styles = `
:root{color-scheme:light dark;--host-background:#f6f7f9;--host-surface:#ffffff;--host-text:#1d2733;--host-muted:#5d6b7b;--host-accent:#0b62d6;--host-danger:#b3261e;
--host-radius:8px;--host-font:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;--line:#dfe3e8;--ok:#11703c;--warn:#8a5200;--on-accent:#ffffff}
@media(prefers-color-scheme:dark){:root{--host-background:#111418;--host-surface:#1a1f26;--host-text:#e6e9ee;--host-muted:#9aa7b5;--host-accent:#6ea8ff;--host-danger:#ff8a80;
--line:#2c343e;--ok:#6fd39a;--warn:#f2b866;--on-accent:#0b1420}}
*{box-sizing:border-box}body{margin:0;background:var(--host-background);color:var(--host-text);font:14px/1.5 var(--host-font)}
a{color:var(--host-accent);text-decoration:none}a:hover{text-decoration:underline}:focus-visible{outline:2px solid var(--host-accent);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;padding:8px 20px;background:var(--host-surface);border-bottom:1px solid var(--line)}
header .brand{font-weight:650;font-size:16px;color:inherit;margin-inline-end:auto}header form{display:inline}
.shell{display:grid;grid-template-columns:200px minmax(0,1fr);max-width:1320px;margin:0 auto}main:only-child{grid-column:1/-1}
nav{display:flex;flex-direction:column;gap:2px;padding:20px 12px}nav a{padding:7px 12px;border-radius:var(--host-radius);color:inherit}
nav a:hover{background:var(--host-surface);text-decoration:none}nav a[aria-current]{background:var(--host-surface);color:var(--host-accent);font-weight:600}
main{padding:20px;min-width:0}h1{font-size:22px;margin:4px 0 16px}h2{font-size:16px;margin:28px 0 10px}h3{font-size:15px;margin:0}
.card,table{background:var(--host-surface);border:1px solid var(--line);border-radius:var(--host-radius)}.card{padding:16px;margin-bottom:16px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(250px,100%),1fr));gap:16px}.grid .card{margin:0;display:flex;flex-direction:column;gap:10px}.grid .card form{margin-top:auto}
.scroll{overflow-x:auto;margin-bottom:16px}table{width:100%;border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
th,td{padding:9px 12px;text-align:start;border-bottom:1px solid var(--line);vertical-align:middle}tr:last-child td{border-bottom:0}
th{font-size:12px;font-weight:600;color:var(--host-muted);white-space:nowrap}.end{text-align:end;white-space:nowrap}td form{display:inline-block;margin:0 4px 0 0}
label{display:block;font-size:12px;color:var(--host-muted);margin-bottom:8px}input,select,textarea{display:block;width:100%;margin-top:3px;padding:7px 9px;font:inherit;font-size:14px;
color:var(--host-text);background:var(--host-background);border:1px solid var(--line);border-radius:6px}input,select{height:36px}input[type=checkbox]{display:inline-block;width:auto;height:auto;margin:0 6px 0 0}
button{font:inherit;font-weight:600;padding:7px 14px;border:1px solid var(--host-accent);border-radius:6px;background:var(--host-accent);color:var(--on-accent);cursor:pointer}
button:hover{filter:brightness(1.08)}button.plain,td button{background:transparent;color:var(--host-accent);border-color:var(--line);padding:4px 10px;font-weight:500}
.badge{display:inline-block;padding:1px 8px;border-radius:99px;font-size:12px;border:1px solid currentColor;color:var(--host-muted);white-space:nowrap}
.badge.active,.badge.paid{color:var(--ok)}.badge.unpaid,.badge.pending,.badge.open{color:var(--warn)}.badge.setup_failed,.badge.suspended,.badge.refunded,.badge.part_refunded{color:var(--host-danger)}
.muted{color:var(--host-muted)}.price{font-size:20px;font-weight:650}.price s{font-size:14px;font-weight:400;color:var(--host-muted)}.row{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end}
.row label{margin:0;flex:1 1 130px}.row+button{margin-top:12px}h3+form{margin-top:10px}td.edit form{display:flex;gap:6px}td.edit input{margin:0;min-width:90px;max-width:130px}.row>form:has(label){display:flex;gap:8px;align-items:end}.note{padding:10px 14px;border-inline-start:3px solid var(--warn);background:var(--host-surface);margin-bottom:16px}.note.bad{border-color:var(--host-danger)}
.login{max-width:380px;margin:40px auto}.login button{width:100%;margin-top:6px}
@media(max-width:760px){.shell{display:block}nav{flex-direction:row;overflow-x:auto;padding:8px 12px;border-bottom:1px solid var(--line)}nav a{white-space:nowrap}main{padding:16px 12px}header{padding:8px 12px}th,td{padding:8px}
input,select,textarea{font-size:16px}}
`;
