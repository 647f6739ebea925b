/** An address that leads nowhere. */
import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { PageHeader } from '../parts/page_header.tsx'
import { useWords } from '../words.tsx'

export function NotFound() {
  const { text } = useWords()
  return (
    <>
      <PageHeader title={text.notFound.title} />
      <Text mb="lg">{text.notFound.body}</Text>
      <Button renderRoot={(props) => <Link to="/" {...props} />}>{text.notFound.home}</Button>
    </>
  )
}
