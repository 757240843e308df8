// SPDX-License-Identifier: Apache-2.0
// The usual Express gateway: node server.js PORT UPSTREAM [decorated | chain] [CERTIFICATE KEY]
'use strict';

const http = require('http');
const https = require('https');
const fs = require('fs');
const cors = require('cors');
const express = require('express');
const helmet = require('helmet');
const jwt = require('jsonwebtoken');
const {createProxyMiddleware} = require('http-proxy-middleware');
const {rateLimit} = require('express-rate-limit');

const [port, upstream, ...words] = process.argv.slice(2);
const take = (word) => words[0] === word && words.shift() === word;
const decorated = take('decorated');
const chain = take('chain');
const [certificate, key] = words;
const app = express();
app.disable('x-powered-by');

if (decorated || chain) {
  app.use(helmet({
    crossOriginEmbedderPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  }));
  app.use(cors({origin: ['https://app.example.com'], credentials: true}));
}
if (chain) {
  app.use(rateLimit({windowMs: 60_000, limit: 1_000_000_000, legacyHeaders: false}));
  app.use((request, response, next) => {
    try {
      const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
      request.user = jwt.verify(token, process.env.JWT_SECRET, {algorithms: ['HS256']});
    } catch {
      return response.status(401).json({error: 'unauthorized'});
    }
    if (!request.user.roles.includes('reader')) return response.status(403).json({error: 'forbidden'});
    next();
  });
}
app.use(createProxyMiddleware({
  target: `http://127.0.0.1:${upstream}`,
  agent: new http.Agent({keepAlive: true, maxFreeSockets: 1024}),
  headers: {Via: '1.1 express'},
  xfwd: true,
}));

const server = certificate
  ? https.createServer({cert: fs.readFileSync(certificate), key: fs.readFileSync(key), minVersion: 'TLSv1.3'}, app)
  : http.createServer(app);
server.keepAliveTimeout = 3_600_000;
server.requestTimeout = 0;
server.listen(Number(port), '127.0.0.1', 4096);
