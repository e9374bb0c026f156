import decode from 'qr/decode.js';

/** A picture, four bytes a dot: red, green, blue, opacity. */
export interface Pixels {
	width: number;
	height: number;
	data: Uint8Array | Uint8ClampedArray;
}

/** The longer side to which a picture is made smaller before it is read, in pixels. */
export const longestSide = 1600;

/** It is one still picture and no film: look again and again, for so many milliseconds at most. */
const patience = { effort: 100, timeLimit: 3000 };

/**
 * Reads the QR code (ISO/IEC 18004) of a picture: turned, tilted or half in the shade. Null when none
 * is found or too much of it is broken. It runs on the phone and on the server alike.
 */
export function readCode(pixels: Pixels): string | null {
	try {
		return decode(pixels, patience) || null;
	} catch {
		// It throws for each way in which a picture holds no code.
		return null;
	}
}
