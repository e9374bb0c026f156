import { createHash, createHmac } from 'node:crypto';
import type { PhotoStore } from './store.ts';

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Uint8Array | string, text: string) =>
	createHmac('sha256', key).update(text).digest();

/** RFC 3986, as Signature Version 4 wants it. */
const escape = (text: string) =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
	);

interface Bucket {
	origin: string;
	host: string;
	path: string;
	region: string;
	accessKey: string;
	secret: string;
}

/** `https://ACCESS_KEY:SECRET@host/bucket/prefix?region=af-south-1`, addressed by path. */
function readBucket(address: string): Bucket {
	const url = new URL(address);
	return {
		origin: url.origin,
		host: url.host,
		path: url.pathname.replace(/\/$/, ''),
		region: url.searchParams.get('region') ?? 'us-east-1',
		accessKey: decodeURIComponent(url.username),
		secret: decodeURIComponent(url.password)
	};
}

/** The headers of one request, signed (AWS Signature Version 4). */
export function signedHeaders(
	bucket: Bucket,
	method: string,
	target: string,
	body: Uint8Array,
	now = new Date()
): Record<string, string> {
	const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
	const day = stamp.slice(0, 8);
	const payload = sha256(body);
	const [path, query = ''] = target.split('?');
	const names = 'host;x-amz-content-sha256;x-amz-date';
	const request = [
		method,
		path,
		query,
		`host:${bucket.host}`,
		`x-amz-content-sha256:${payload}`,
		`x-amz-date:${stamp}`,
		'',
		names,
		payload
	].join('\n');

	const reach = `${day}/${bucket.region}/s3/aws4_request`;
	const toSign = ['AWS4-HMAC-SHA256', stamp, reach, sha256(request)].join('\n');
	const key = [bucket.region, 's3', 'aws4_request'].reduce<Uint8Array>(
		(made, part) => hmac(made, part),
		hmac(`AWS4${bucket.secret}`, day)
	);
	const signature = createHmac('sha256', key).update(toSign).digest('hex');
	return {
		'x-amz-date': stamp,
		'x-amz-content-sha256': payload,
		authorization: `AWS4-HMAC-SHA256 Credential=${bucket.accessKey}/${reach}, SignedHeaders=${names}, Signature=${signature}`
	};
}

/** Photos in object storage that speaks S3. */
export function s3Store(address: string): PhotoStore {
	const bucket = readBucket(address);

	async function send(
		method: 'PUT' | 'GET' | 'DELETE',
		key: string,
		body: Uint8Array = new Uint8Array()
	) {
		const path = `${bucket.path}/${key.split('/').map(escape).join('/')}`;
		const answer = await fetch(bucket.origin + path, {
			method,
			headers: {
				...signedHeaders(bucket, method, path, body),
				...(method === 'PUT' && { 'content-type': 'image/jpeg' })
			},
			body: method === 'PUT' ? Buffer.from(body) : undefined,
			signal: AbortSignal.timeout(30_000)
		});
		if (answer.ok || answer.status === 404) return answer;
		throw new Error(`Object storage answered ${answer.status} to ${method}`);
	}

	return {
		async put(key, bytes) {
			const { status } = await send('PUT', key, bytes);
			if (status === 404) throw new Error('The bucket of S3_URL does not exist');
		},
		async get(key) {
			const answer = await send('GET', key);
			return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
		},
		async remove(key) {
			await send('DELETE', key);
		}
	};
}
