/** The first letter of a name, where a picture is missing; decoration. */

export function Monogram({ name }: { name: string }) {
  const first = [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '·'
  return (
    <span className="monogram" aria-hidden>
      {first.toUpperCase()}
    </span>
  )
}
