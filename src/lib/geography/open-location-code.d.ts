declare module 'open-location-code' {
	interface CodeArea {
		latitudeLo: number;
		longitudeLo: number;
		latitudeHi: number;
		longitudeHi: number;
		latitudeCenter: number;
		longitudeCenter: number;
		codeLength: number;
	}
	interface OpenLocationCode {
		isValid(code: string): boolean;
		isShort(code: string): boolean;
		isFull(code: string): boolean;
		encode(latitude: number, longitude: number, codeLength?: number): string;
		decode(code: string): CodeArea;
		recoverNearest(code: string, latitude: number, longitude: number): string;
		shorten(code: string, latitude: number, longitude: number): string;
	}
	const library: { OpenLocationCode: new () => OpenLocationCode };
	export default library;
}
