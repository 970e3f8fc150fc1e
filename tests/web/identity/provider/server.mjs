// A real identity provider for the tests: the certified oidc-provider, on loopback, with people who do not exist.
// Reads its setup (port, client, keys, people) as JSON from standard input, and says "ready" when it listens.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Provider } from "oidc-provider";

const setup = JSON.parse(await text(process.stdin));
const claimNames = ["groups", "cpr", "name", "loa"];

const provider = new Provider(setup.issuer, {
  clients: setup.clients,
  jwks: setup.jwks,
  acrValues: setup.acrValues,
  claims: { openid: ["sub", "sid", ...claimNames], acr: null, auth_time: null, iss: null, sid: null },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for a test"] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<!DOCTYPE html><title>Log ud</title><h1>Log ud hos udbyderen</h1>${form}
          <button type="submit" form="op.logoutForm" value="yes" name="logout">Ja, log mig ud</button>`;
      },
    },
  },
  // It refuses to post to an address of this machine, rightly; here we are one.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  pkce: { required: () => true },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) =>
    setup.people[id] && { accountId: id, claims: () => ({ sub: id, ...setup.people[id] }) },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, AuthorizationCode: 60, IdToken: 300, AccessToken: 300 },
});

provider.on("backchannel.error", (ctx, error, client) => console.error("back-channel:", client.clientId, error));

const page = (uid) => `<!DOCTYPE html><html lang="da"><title>Log ind hos udbyderen</title>
<h1>Log ind hos udbyderen</h1>
<form method="post" action="/interaction/${uid}">
<p><label>Hvem <input name="who"></label><p><label>Niveau <input name="acr"></label>
<p><button>Log ind</button> <button name="cancel" value="1">Fortryd</button></form>`;

const answer = provider.callback();
createServer(async (request, response) => {
  const [, uid] = request.url.match(/^\/interaction\/([\w-]+)$/) ?? [];
  if (!uid) return answer(request, response);
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    return response.end(page(uid));
  }
  const said = new URLSearchParams(await text(request));
  const login = { accountId: said.get("who"), acr: said.get("acr") || setup.acrValues[0], amr: ["test"] };
  if (said.get("ts")) login.ts = Number(said.get("ts"));
  const result = said.get("cancel") ? { error: "access_denied" } : { login };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}).listen(setup.port, "127.0.0.1", () => console.log("ready"));
