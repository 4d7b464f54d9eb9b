import { expect, test } from 'vitest'
import { dialString } from '../../lib/esl/dial-string.ts'
import { createBench } from './on-embedded-switch.ts'

test('a call that an app marks with noautohangup is held until the app hangs up, and no other', async () => {
  const { dialer, run, close, cdrs, client } = await createBench()
  let calls = 0
  await client.load(
    {
      name: 'Keeping',
      on: {
        async CHANNEL_ANSWER(sess) {
          if (sess.direction !== 'outbound' || calls++ > 0) return
          sess.call.vars['noautohangup'] = true
          await sess.sleep(5000)
          await sess.hangup('USER_BUSY')
        },
      },
    },
    { id: 'tone' },
  )
  await run(await dialer({ rate: 10, maxOffered: 2, duration: 1000 }))
  expect(cdrs.map(({ hangup_cause }) => hangup_cause).sort()).toEqual(['NORMAL_CLEARING', 'USER_BUSY'])
  await close()
})

test('parties are dialled with their fields, and a call of theirs is over with the one that answered', async () => {
  const { dialer, run, close, cdrs } = await createBench({
    dialplan: ({ destination }) =>
      destination === 'busy' ? [{ app: 'respond', arg: '486' }] : [{ app: 'answer' }, { app: 'park' }],
  })
  const dest = { parties: ['busy@127.0.0.1:5080', '{to}@127.0.0.1:5080'], strategy: 'in turn' as const }
  const fields = [{ to: 'a' }, { to: 'b' }, { to: 'busy' }]
  const originator = await dialer({ dest, fields, rate: 10, duration: 500 })
  await run(originator)
  expect(originator.summary()).toMatchObject({ launched: 3, answered: 2, failed: 1 })
  expect(cdrs.map(({ hangup_cause }) => hangup_cause).sort()).toEqual([
    'NORMAL_CLEARING',
    'NORMAL_CLEARING',
    'USER_BUSY',
  ])
  await close()
})

test('a field is a value: it makes no dial string out of a destination, and gets into none', async () => {
  const { dialer, close } = await createBench()
  for (const to of ['loopback/app=system:x', 'a,b', 'sofia/gateway/trunk/00900', 'a@b;fs_path=sip:c'])
    for (const dest of ['{to}', '{to}@127.0.0.1:5080', { parties: ['a@b', { user: '{to}' }] }])
      await expect(dialer({ dest, fields: [{ to }] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
  const whole = await dialer({ dest: dialString('error/USER_BUSY'), fields: [{ to: 'a' }], maxOffered: 1 })
  await whole.close()
  await close()
})
