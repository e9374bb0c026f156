import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for this machine that signs itself: to be served, and to be trusted by tests only. */
export function makeCertificate(names = 'IP:127.0.0.1,DNS:localhost') {
	const folder = mkdtempSync(join(tmpdir(), 'imbizo-certificate-'));
	const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	const what = ['-subj', '/CN=Push service of a test', '-addext', `subjectAltName=${names}`];
	const where = ['-days', '2', '-keyout', keyFile, '-out', file];
	execFileSync('openssl', ['req', ...how, ...what, ...where], { stdio: 'ignore' });
	return {
		key: readFileSync(keyFile, 'utf8'),
		cert: readFileSync(file, 'utf8'),
		/** For `NODE_EXTRA_CA_CERTS` of other processes. */
		file,
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}
