/** @jsxImportSource hono/jsx */
/** A text as a QR code (ISO/IEC 18004) in SVG: dark on light in either colour scheme, with the quiet zone that scanners need. */
import encodeQR from 'qr'

const QUIET_ZONE = 4

/** For markup: the picture has a name, or is nothing to a screen reader. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = shapeOf(text)
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

/** As a document of its own, for `<img>`. */
export function qrCodeSvg(text: string): string {
  const { size, path } = shapeOf(text)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
}

function shapeOf(text: string): { readonly size: number; readonly path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE })
  const runs = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
  return { size: rows.length, path: runs.join('') }
}
