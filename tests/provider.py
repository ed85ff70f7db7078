"""A small provider of single sign-on, in earnest: discovery, keys, authorization with PKCE, tokens, over loopback HTTP.

Tests make it misbehave by `lie`, which changes what it says or signs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "indicated", "between us"


class RealProvider:
    """Started at once; `now` is its clock, `user` whoever sits at the browser."""

    def __init__(self, now):
        self.now = now
        self.user = {"sub": "u1", "name": "Nora Quist", "groups": ["reviewers"]}
        self.lie = {}
        self.codes = {}
        self.asked = []
        self.keys = {}
        self.rotate("first")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self, None)

            def do_POST(self):
                outer.answer(self, self.rfile.read(int(self.headers["content-length"])).decode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def rotate(self, kid, kind="RSA"):
        made = RSAKey.generate_key(2048, {"kid": kid}) if kind == "RSA" else ECKey.generate_key("P-256", {"kid": kid})
        self.keys = {kid: made}
        self.signing, self.algorithm = made, "RS256" if kind == "RSA" else "ES256"

    def answer(self, handler, form):
        path = urllib.parse.urlsplit(handler.path)
        query = dict(urllib.parse.parse_qsl(path.query if form is None else form))
        self.asked.append(path.path)
        to = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": lambda _q, _h: KeySet(list(self.keys.values())).as_dict(private=False),
            "/authorize": self.authorize,
            "/token": self.token,
        }.get(path.path)
        told = to(query, handler) if to else None
        if isinstance(told, str):
            handler.send_response(302)
            handler.send_header("location", told)
            body = b""
        else:
            handler.send_response(200 if told is not None else 400)
            handler.send_header("content-type", "application/json")
            body = json.dumps(told or {"error": "invalid_request"}).encode()
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def discovery(self, _query, _handler):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "authorization_response_iss_parameter_supported": True,
        } | self.lie.get("discovery", {})

    def authorize(self, query, _handler):
        code = f"code{len(self.codes)}"
        self.codes[code] = query
        told = {"code": code, "state": query["state"], "iss": self.issuer} | self.lie.get("redirect", {})
        return f"{query['redirect_uri']}?{urllib.parse.urlencode(told)}"

    def token(self, form, handler):
        asked = self.codes.pop(form.get("code"), None)
        basic = base64.b64encode(f"{CLIENT}:{urllib.parse.quote(SECRET)}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or handler.headers.get("authorization") not in (f"Basic {basic}", f"Basic {plain}"):
            return None
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        at = int(self.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": asked["nonce"], **self.user,
            **({"auth_time": at} if "max_age" in asked else {}),
        }  # fmt: skip
        claims |= self.lie.get("claims", {})
        claims = {key: value for key, value in claims.items() if value is not None}
        return {"id_token": self.signed(claims), "access_token": "x", "token_type": "Bearer"}

    def signed(self, claims):
        how = self.lie.get("sign")
        if how == "none":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b'=').decode()}."
        if how == "shared":
            public = self.signing.as_pem(private=False)
            head, body = (
                base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode()
                for one in ({"alg": "HS256", "kid": self.signing.kid}, claims)
            )
            import hmac

            seal = hmac.new(public, f"{head}.{body}".encode(), hashlib.sha256).digest()
            return f"{head}.{body}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"
        key = RSAKey.generate_key(2048, {"kid": self.signing.kid}) if how == "forged" else self.signing
        return jwt.encode({"alg": self.algorithm, "kid": key.kid}, claims, key, algorithms=[self.algorithm])
