//! The issuer of `thidua dev`: an ordinary issuer on a port of its own, loopback only, whose key lies in the data folder.

use std::{io, net::TcpListener, path::Path, sync::Arc};

use actix_web::{App, HttpResponse, HttpServer, web};
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thidua_persistence::Ids;

use super::token::security_clock;

/// `iss` of development tokens; the name ends in `.invalid` (RFC 2606), so that nobody can ever own it.
pub const DEV_ISSUER: &str = "https://issuer.thidua.invalid";
/// `aud` of development tokens.
const DEV_AUDIENCE: &str = "https://api.thidua.invalid";
/// `client_id` of tokens for people; a machine's is its own subject.
const DEV_CLIENT: &str = "thidua-dev";
/// How long development tokens live, in seconds.
const LIFE: i64 = 3600;

/// Signs tokens for personas; exists in `dev` and in tests only.
#[derive(Clone)]
pub struct DevIssuer {
    key: EncodingKey,
    jwk: Value,
    kid: String,
}

impl std::fmt::Debug for DevIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DevIssuer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl DevIssuer {
    /// Reads the key of a data folder, or makes one there that only its owner can read.
    ///
    /// # Errors
    /// The folder cannot be read or written, or its key is broken.
    pub fn in_folder(data: &Path) -> io::Result<Self> {
        let path = data.join("dev-issuer.pk8");
        let pkcs8 = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(&path)?,
            read => read?,
        };
        Self::from_pkcs8(&pkcs8)
    }

    /// Makes a key. It appears whole under its name, and of several who make one at once the first one's stands.
    fn make(path: &Path) -> io::Result<Vec<u8>> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| io::Error::other("no key could be made"))?;
        let draft = path.with_extension(Ids::unpredictable().to_string());
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        io::Write::write_all(&mut file, made.as_ref())?;
        let named = std::fs::hard_link(&draft, path);
        std::fs::remove_file(&draft)?;
        match named {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => std::fs::read(path),
            named => named.map(|()| made.as_ref().to_vec()),
        }
    }

    fn from_pkcs8(pkcs8: &[u8]) -> io::Result<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8)
            .map_err(|error| io::Error::other(format!("dev-issuer.pk8: {error}")))?;
        // An uncompressed point: 4, then x and y of 32 bytes each.
        let point = pair.public_key().as_ref();
        let (x, y) = point.get(1..).filter(|xy| xy.len() == 64).map(|xy| xy.split_at(32)).unwrap_or_default();
        let (x, y) = (BASE64_URL_SAFE_NO_PAD.encode(x), BASE64_URL_SAFE_NO_PAD.encode(y));
        let kid = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(point)[..12]);
        let jwk = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid, "x": x, "y": y});
        Ok(Self { key: EncodingKey::from_ec_der(pkcs8), jwk, kid })
    }

    /// A token for a persona, good for an hour.
    ///
    /// # Errors
    /// The key cannot sign.
    pub fn mint(&self, persona: &str) -> io::Result<String> {
        self.sign(&self.header(), &self.claims(persona))
    }

    /// The header of every token.
    #[must_use]
    pub fn header(&self) -> Value {
        json!({"alg": "ES256", "typ": "at+jwt", "kid": self.kid})
    }

    /// The key set that it publishes.
    #[must_use]
    pub fn key_set(&self) -> Value {
        json!({"keys": [self.jwk]})
    }

    /// The claims of a token for a persona.
    #[must_use]
    pub fn claims(&self, persona: &str) -> Value {
        let machine = persona == "portal";
        json!({
            "iss": DEV_ISSUER, "aud": DEV_AUDIENCE, "sub": persona,
            "client_id": if machine { persona } else { DEV_CLIENT },
            "iat": security_clock(), "exp": security_clock() + LIFE, "jti": Ids::unpredictable(),
        })
    }

    /// Signs any claims under any header; tests forge tokens with it.
    ///
    /// # Errors
    /// The key cannot sign.
    pub fn sign(&self, header: &Value, claims: &Value) -> io::Result<String> {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &self.key, Algorithm::ES256);
        Ok(format!("{signed}.{}", signature.map_err(io::Error::other)?))
    }

    /// The issuer as the verifier is configured with it.
    #[must_use]
    pub fn configured(&self, jwks_url: String) -> super::Issuer {
        super::Issuer::new(DEV_ISSUER, DEV_AUDIENCE, super::KeySource::Url(jwks_url))
    }
}

#[derive(Deserialize)]
struct Grant {
    grant_type: String,
    persona: Option<String>,
    client_id: Option<String>,
}

/// Serves discovery, keys and tokens on a free port of the loopback; answers the address of the key set.
///
/// # Errors
/// No port is free.
pub fn serve_dev_issuer(issuer: DevIssuer) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("http://{}", listener.local_addr()?);
    let shared = Arc::new((issuer, base.clone()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::from(Arc::clone(&shared)))
            .route("/.well-known/openid-configuration", web::get().to(discovery))
            .route("/jwks", web::get().to(jwks))
            .route("/token", web::post().to(token))
    });
    let running = server.workers(1).disable_signals().listen(listener)?.run();
    actix_web::rt::spawn(running);
    Ok(format!("{base}/jwks"))
}

type Shared = web::Data<(DevIssuer, String)>;

async fn discovery(shared: Shared) -> HttpResponse {
    let base = &shared.1;
    HttpResponse::Ok().json(json!({
        "issuer": DEV_ISSUER, "jwks_uri": format!("{base}/jwks"), "token_endpoint": format!("{base}/token"),
        "grant_types_supported": ["client_credentials", "urn:thidua:persona"],
    }))
}

async fn jwks(shared: Shared) -> HttpResponse {
    HttpResponse::Ok().json(shared.0.key_set())
}

async fn token(shared: Shared, grant: web::Form<Grant>) -> HttpResponse {
    let subject = match grant.grant_type.as_str() {
        "client_credentials" => grant.client_id.as_deref().filter(|client| *client == "portal"),
        "urn:thidua:persona" => grant.persona.as_deref(),
        _ => None,
    };
    match subject.map(|subject| shared.0.mint(subject)) {
        Some(Ok(token)) => {
            HttpResponse::Ok().json(json!({"access_token": token, "token_type": "Bearer", "expires_in": LIFE}))
        }
        Some(Err(_)) => HttpResponse::InternalServerError().finish(),
        None => HttpResponse::BadRequest().json(json!({"error": "unsupported_grant_type"})),
    }
}
