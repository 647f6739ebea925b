/** Node's own start. */
export const handler = () => ({ statusCode: 200, body: '' })
