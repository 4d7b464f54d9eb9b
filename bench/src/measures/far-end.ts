import { createServer, type AddressInfo } from 'node:net'
import { simulate } from '../../../dist/testing/index.js'

/** The other process of the round trip: an echo, and the embedded switch. */
const echo = createServer({ noDelay: true }, (socket) => {
  socket.on('data', (chunk) => socket.write(chunk))
  socket.on('error', () => undefined)
})
const embedded = await simulate()
echo.listen(0, '127.0.0.1', () =>
  process.send?.({ echo: (echo.address() as AddressInfo).port, port: embedded.port }),
)
