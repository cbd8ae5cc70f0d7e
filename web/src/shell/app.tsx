import { AppShell, Burger, Group, NavLink, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { Link, Redirect, Route, Router, Switch, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import type { Code } from '../../../src/base/words/index.ts'
import { Waiting } from '../parts/waiting.tsx'
import { Choices } from './choices.tsx'
import { PageFailed } from './page-failed.tsx'
import { useSettings } from './settings.tsx'
import { SignOut } from './sign-out.tsx'

interface Page {
  readonly path: string
  readonly name: Code
  readonly page: React.LazyExoticComponent<() => React.ReactNode>
}

const pages: readonly Page[] = [
  { path: '/hub', name: 'web.nav.hub', page: lazy(() => import('../hub/hub-page.tsx')) },
  { path: '/time', name: 'web.nav.time', page: lazy(() => import('../time/time-page.tsx')) },
  { path: '/operate', name: 'web.nav.operate', page: lazy(() => import('../operate/operate-page.tsx')) },
  { path: '/match', name: 'web.nav.match', page: lazy(() => import('../match/match-page.tsx')) },
  { path: '/market', name: 'web.nav.market', page: lazy(() => import('../market/market-page.tsx')) },
  { path: '/design', name: 'web.nav.design', page: lazy(() => import('../design/design-page.tsx')) },
]

function Navigation({ close }: { readonly close: () => void }) {
  const { t } = useSettings()
  const [location] = useLocation()
  return pages.map(({ path, name }) => (
    <NavLink
      key={path}
      component={Link}
      href={path}
      label={t(name)}
      active={location.startsWith(path)}
      {...(location.startsWith(path) ? { 'aria-current': 'page' as const } : {})}
      onClick={close}
    />
  ))
}

function Frame() {
  const { t } = useSettings()
  const [open, { toggle, close }] = useDisclosure()
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 180, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('web.nav.menu')} />
            <Text fw={700}>anyplug</Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SignOut />
            <Choices />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={t('web.nav.menu')}>
        <Navigation close={close} />
      </AppShell.Navbar>
      <AppShell.Main>
        <PageFailed>
          <Suspense fallback={<Waiting />}>
            <Switch>
              {pages.map(({ path, page }) => (
                <Route key={path} path={path} component={page} />
              ))}
              <Route>
                <Redirect to={pages[0]?.path ?? '/'} replace />
              </Route>
            </Switch>
          </Suspense>
        </PageFailed>
      </AppShell.Main>
    </AppShell>
  )
}

/** The dashboard: one frame, a page for each question. */
export function App() {
  return (
    <Router hook={useHashLocation}>
      <Frame />
    </Router>
  )
}
