# SPDX-License-Identifier: Apache-2.0
"""How each gateway is told to do the same: forward everything to one upstream over connections that it keeps, with
Host as it came, X-Forwarded-For, -Proto and -Host, and Via; one worker, no access log."""
import json
import os
import pathlib
import subprocess

from cases import ORIGIN, SECRET
from side_by_side import NotServing, Server, free_port

SECURITY = {
    "Content-Security-Policy": "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';"
                               "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
                               "script-src-attr 'none';style-src 'self' https: 'unsafe-inline';"
                               "upgrade-insecure-requests",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
CORS = {"Access-Control-Allow-Origin": ORIGIN, "Access-Control-Allow-Credentials": "true", "Vary": "Origin"}

PORTICO = """environment: development
listen: [{{address: "127.0.0.1:{port}"{tls}}}]
admin: {{address: "127.0.0.1:{admin}"}}
workers: "1"
limits: {{connections_per_client: 100000, body_bytes: 1GiB, idle_timeout: 1h}}
log: {{access: "off", level: warning}}
plugins:
  proxy:
    forwarding: {{x_forwarded_port: false, x_request_id: false, trace: false}}
    upstreams: {{back: {{targets: ["http://127.0.0.1:{upstream}"], idle_connections: 1024, idle_timeout: 1h}}}}
{plugins}
{use}
routes:
  - {{match: {{path: "/**"}}, proxy: back}}
"""
PORTICO_DECORATED = """  headers:
    origin_agent_cluster: {policy: "off"}
    dns_prefetch_control: {policy: "off"}
    download_options: {policy: "off"}
    permitted_cross_domain_policies: {policy: "off"}
    xss_protection: {policy: "off"}
  cors: {origins: ["https://app.example.com"], credentials: true}"""

NGINX = """daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/error.log;
worker_rlimit_nofile 20000;
events {{ worker_connections 20000; }}
http {{
  access_log off; server_tokens off; default_type text/plain;
  keepalive_requests 1000000000; keepalive_timeout 1h; client_max_body_size 0;
  client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;
  uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
  map $http_origin $allowed {{ default ""; "https://app.example.com" $http_origin; }}
  map $http_origin $credentials {{ default ""; "https://app.example.com" true; }}
  upstream back {{
    server 127.0.0.1:{upstream}; keepalive 1024; keepalive_requests 1000000000; keepalive_timeout 1h;
  }}
  server {{
    listen 127.0.0.1:{port} backlog=4096{ssl};
    {tls}
    {decoration}
    location / {{
      proxy_pass http://back; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header Via "1.1 nginx";
      proxy_request_buffering off; proxy_max_temp_file_size 0;
    }}
  }}
}}
"""

HAPROXY = """global
  nbthread 1
  maxconn 9500
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout http-keep-alive 1h
frontend front
  bind 127.0.0.1:{port} backlog 4096{ssl}
  http-request set-header X-Forwarded-For %[src]
  http-request set-header X-Forwarded-Proto {scheme}
  http-request set-header X-Forwarded-Host %[req.hdr(Host)]
  http-request set-header Via "1.1 haproxy"
{decoration}
  default_backend back
backend back
  http-reuse always
  server one 127.0.0.1:{upstream} pool-max-conn -1
"""

CADDY = """{{
  admin off
  auto_https off
  log default {{
    output discard
  }}
}}
{scheme}://:{port} {{
  bind 127.0.0.1
{tls}
{decoration}
  reverse_proxy 127.0.0.1:{upstream} {{
    header_up Via "1.1 caddy"
    transport http {{
      compression off
      keepalive 1h
      keepalive_idle_conns 1024
      keepalive_idle_conns_per_host 1024
    }}
  }}
}}
"""


class Certificate:
    """One for all, made when it is first wanted."""

    def __init__(self, home):
        self.certificate, self.key, self.both = home / "cert.pem", home / "key.pem", home / "both.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True,
                       stdin=subprocess.DEVNULL)
        self.both.write_text(self.certificate.read_text() + self.key.read_text())


class Gateways:
    """Starts them. `binaries` names their programs; one that is not there cannot start."""

    def __init__(self, home, binaries, upstream):
        self.home, self.binaries, self.upstream = home, binaries, upstream
        self.certificate = Certificate(home)

    def start(self, name, case):
        binary = self.binaries[name]
        if not pathlib.Path(binary).exists():
            raise NotServing(f"{name}: {binary} is not there")
        port = free_port()
        command, environment = getattr(self, name)(port, case)
        return Server(name, [str(word) for word in command], port, {**os.environ, **environment})

    def file(self, name, text):
        path = self.home / name
        path.write_text(text)
        return path

    def relay(self, port, case):
        return [self.binaries["relay"], port, self.upstream], {}

    def portico(self, port, case):
        if case.chain:
            raise NotServing("portico: its plugins for limits, tokens and roles are still to come")
        tls = f", tls: {{certificate: {self.certificate.certificate}, key: {self.certificate.key}}}" if case.tls else ""
        tls += ", http2: true" if case.streams else ""
        text = PORTICO.format(port=port, admin=free_port(), upstream=self.upstream, tls=tls,
                              plugins=PORTICO_DECORATED if case.decorated else "",
                              use="use: [headers, cors]" if case.decorated else "")
        state = self.home / f"state-{port}"
        state.mkdir()
        return ([self.binaries["portico"], "run", "-c", self.file(f"portico-{port}.yaml", text)],
                {"STATE_DIRECTORY": str(state)})

    def nginx(self, port, case):
        fields = {**SECURITY, **CORS, "Access-Control-Allow-Origin": "$allowed",
                  "Access-Control-Allow-Credentials": "$credentials"}
        tls = (f"ssl_certificate {self.certificate.certificate}; ssl_certificate_key {self.certificate.key}; "
               "ssl_protocols TLSv1.3;")
        text = NGINX.format(
            home=self.home, port=port, upstream=self.upstream, ssl=(" ssl" if case.tls else "") + (" http2" if case.streams else ""),
            tls=tls if case.tls else "",
            decoration="".join(f'add_header {name} "{value}" always; ' for name, value in fields.items())
            if case.decorated else "")
        path = self.file(f"nginx-{port}.conf", text)
        return [self.binaries["nginx"], "-p", self.home, "-c", path, "-e", self.home / "error.log"], {}

    def haproxy(self, port, case):
        lines = [f'  http-response set-header {name} "{value}"' for name, value in SECURITY.items()]
        lines.append(f"  http-request set-var(txn.origin) req.hdr(Origin) if {{ req.hdr(Origin) {ORIGIN} }}")
        lines += [f'  http-response set-header {name} "{value}" if {{ var(txn.origin) -m found }}'
                  for name, value in CORS.items() if name != "Vary"]
        lines.append('  http-response set-header Vary "Origin"')
        alpn = "h2" if case.streams else "http/1.1"
        text = HAPROXY.format(
            port=port, upstream=self.upstream, scheme="https" if case.tls else "http",
            ssl=f" ssl crt {self.certificate.both} ssl-min-ver TLSv1.3 alpn {alpn}" if case.tls else "",
            decoration="\n".join(lines) if case.decorated else "")
        libraries = pathlib.Path(self.binaries["haproxy"]).parents[1] / "lib/x86_64-linux-gnu"
        return ([self.binaries["haproxy"], "-db", "-f", self.file(f"haproxy-{port}.cfg", text)],
                {"LD_LIBRARY_PATH": str(libraries)})

    def caddy(self, port, case):
        lines = [f"  @page header Origin {ORIGIN}"]
        lines += [f'  header {name} "{value}"' for name, value in SECURITY.items()]
        lines += [f'  header @page {name} "{value}"' for name, value in CORS.items() if name != "Vary"]
        lines.append('  header Vary "Origin"')
        text = CADDY.format(
            port=port, upstream=self.upstream, scheme="https" if case.tls else "http",
            tls=f"  tls {self.certificate.certificate} {self.certificate.key} {{\n    protocols tls1.3\n  }}"
            if case.tls else "", decoration="\n".join(lines) if case.decorated else "")
        path = self.file(f"caddy-{port}", text)
        return ([self.binaries["caddy"], "run", "--adapter", "caddyfile", "--config", path],
                {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)})

    def express(self, port, case):
        words = ["chain"] if case.chain else ["decorated"] if case.decorated else []
        if case.tls:
            words += [self.certificate.certificate, self.certificate.key]
        script = pathlib.Path(self.binaries["express"])
        return ["node", script, port, self.upstream, *words], {"NODE_ENV": "production", "JWT_SECRET": SECRET}

    def versions(self):
        """What they call themselves; nothing of one that cannot be asked."""
        asked = {"portico": ["version"], "nginx": ["-v"], "haproxy": ["-v"], "caddy": ["version"]}
        found = {}
        for name, words in asked.items():
            try:
                environment = {**os.environ, "LD_LIBRARY_PATH": str(
                    pathlib.Path(self.binaries["haproxy"]).parents[1] / "lib/x86_64-linux-gnu")}
                done = subprocess.run([self.binaries[name], *words], capture_output=True, text=True, check=True,
                                      env=environment if name == "haproxy" else None, stdin=subprocess.DEVNULL)
                said = (done.stdout + done.stderr).strip().splitlines()[0]
                found[name] = said if name in said.lower() else f"{name} {said}"
            except (OSError, subprocess.CalledProcessError, IndexError):
                continue
        modules = pathlib.Path(self.binaries["express"]).parent / "node_modules"
        try:
            node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
            package = json.loads((modules / "express/package.json").read_text())
            found["express"] = f"Express {package['version']} on Node.js {node}"
        except (OSError, subprocess.CalledProcessError):
            pass
        return found
