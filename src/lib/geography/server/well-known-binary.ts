/**
 * The rings of a polygon or multipolygon in well-known binary (OGC 06-103r4, little endian as
 * PostGIS writes it on the machines we run on; big endian too), each as x, y, x, y, ….
 */
export function ringsOf(data: Uint8Array): Float64Array[] {
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	const rings: Float64Array[] = [];
	let at = 0;

	function readGeometry() {
		const little = view.getUint8(at) === 1;
		const type = view.getUint32(at + 1, little);
		const parts = view.getUint32(at + 5, little);
		at += 9;
		for (let part = 0; part < parts; part++)
			if (type === 6) readGeometry();
			else rings.push(readRing(little));
	}

	function readRing(little: boolean): Float64Array {
		const ring = new Float64Array(view.getUint32(at, little) * 2);
		at += 4;
		for (let i = 0; i < ring.length; i++, at += 8) ring[i] = view.getFloat64(at, little);
		return ring;
	}

	readGeometry();
	return rings;
}
