import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What Firefox says to its push service (autopush, Mozilla's protocol over a WebSocket). */
interface Said {
	messageType?: 'hello' | 'register' | 'unregister' | 'ack' | 'ping';
	channelID?: string;
}

/** A push service of our own for one Firefox: sealed messages go through it as they go through Mozilla's. */
export async function servePushes() {
	const phones = new Map<string, WebSocket>();
	/** What came, by its headers: a push service cannot read more. */
	const delivered: IncomingMessage['headers'][] = [];
	const server = createServer(async (request, answer) => {
		const channelID = request.url!.slice(1);
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part);
		const phone = phones.get(channelID);
		if (!phone) return void answer.writeHead(410).end();
		delivered.push(request.headers);
		const version = randomUUID();
		phone.send(
			JSON.stringify({
				messageType: 'notification',
				channelID,
				version,
				data: Buffer.concat(parts).toString('base64url'),
				headers: { encoding: request.headers['content-encoding'] }
			})
		);
		answer.writeHead(201, { location: `/m/${version}` }).end();
	});
	const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

	const sockets = new WebSocketServer({ server });
	sockets.on('connection', (phone) => {
		const say = (words: object) => phone.send(JSON.stringify(words));
		phone.on('message', (data) => {
			const { messageType, channelID = '' } = JSON.parse(String(data)) as Said;
			if (messageType === 'hello')
				say({ messageType, uaid: randomUUID(), status: 200, use_webpush: true, broadcasts: {} });
			else if (messageType === 'register') {
				phones.set(channelID, phone);
				const pushEndpoint = `http://${host()}/${channelID}`;
				say({ messageType, channelID, status: 200, pushEndpoint });
			} else if (messageType === 'unregister') {
				phones.delete(channelID);
				say({ messageType, channelID, status: 200 });
			} else if (!messageType || messageType === 'ping') say({});
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		host: host(),
		delivered,
		async close() {
			sockets.clients.forEach((each) => each.terminate());
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
