import { prompt, type Api } from './api.ts'
import { bgapi, consoleApi } from './console.ts'
import { cond } from './conditions.ts'
import { domainExists, listUsers, sofiaContact, userExists, xmlLocate } from './directory.ts'
import { evaluate, expandApi } from './evaluate.ts'
import { expr } from './expr.ts'
import { fileExists } from './files.ts'
import { globalGetvar, globalSetvar } from './globals.ts'
import { banner, help } from './help.ts'
import { json } from './json.ts'
import { load, moduleExists, reload, reloadXml, unload } from './modules.ts'
import { acl, hostLookup, interfaceIp, isLanAddress, natMap, stun } from './network.ts'
import { alias, complete, db, hash, limitUsage } from './stored.ts'
import {
  coalesce,
  echo,
  escapeText,
  md5,
  quoteShellArg,
  regex,
  replaceText,
  sqlEscape,
  toLower,
  toUpper,
  urlDecode,
  urlEncode,
} from './texts.ts'
import { pause } from './pause.ts'
import { bgSystem, system } from './shell.ts'
import { msleep, strEpoch, strftimeApi, strftimeTz, strMicroEpoch, timeTest } from './time-texts.ts'

/** The api commands that are about no call: texts, time, the switch itself. */
export const GENERAL_APIS: readonly (readonly [name: string, api: Api])[] = [
  ['acl', prompt(acl)],
  ['alias', prompt(alias)],
  ['banner', prompt(banner)],
  ['bg_system', prompt(bgSystem)],
  ['bgapi', prompt(bgapi)],
  ['coalesce', prompt(coalesce)],
  ['complete', prompt(complete)],
  ['cond', prompt(cond)],
  ['console', prompt(consoleApi)],
  ['create_uuid', prompt((sw) => sw.random.uuid())],
  ['db', prompt(db)],
  ['domain_exists', prompt(domainExists)],
  ['echo', prompt(echo)],
  ['escape', prompt(escapeText)],
  ['eval', prompt(evaluate)],
  ['event_sink', prompt(() => 'This is a web application!\n')],
  ['expand', expandApi],
  ['expr', prompt(expr)],
  ['file_exists', prompt(fileExists)],
  ['global_getvar', prompt(globalGetvar)],
  ['global_setvar', prompt(globalSetvar)],
  ['hash', prompt(hash)],
  ['help', prompt(help)],
  ['host_lookup', prompt(hostLookup)],
  ['hostname', prompt((sw) => sw.config.hostname)],
  ['interface_ip', prompt(interfaceIp)],
  ['is_lan_addr', prompt(isLanAddress)],
  ['json', prompt(json)],
  ['limit_usage', prompt(limitUsage)],
  ['list_users', prompt(listUsers)],
  ['load', prompt(load)],
  ['md5', prompt(md5)],
  ['module_exists', prompt(moduleExists)],
  ['msleep', msleep],
  ['nat_map', prompt(natMap)],
  ['pause', prompt(pause)],
  ['quote_shell_arg', prompt(quoteShellArg)],
  ['regex', prompt(regex)],
  ['reload', reload],
  ['reloadxml', prompt(reloadXml)],
  ['replace', prompt(replaceText)],
  ['sofia_contact', prompt(sofiaContact)],
  ['sql_escape', prompt(sqlEscape)],
  ['strepoch', prompt(strEpoch)],
  ['strftime', prompt(strftimeApi)],
  ['strftime_tz', prompt(strftimeTz)],
  ['strmicroepoch', prompt(strMicroEpoch)],
  ['stun', prompt(stun)],
  ['switchname', prompt((sw) => sw.config.hostname)],
  ['system', prompt(system)],
  ['time_test', timeTest],
  ['tolower', prompt(toLower)],
  ['toupper', prompt(toUpper)],
  ['unload', prompt(unload)],
  ['url_decode', prompt(urlDecode)],
  ['url_encode', prompt(urlEncode)],
  ['user_exists', prompt(userExists)],
  ['xml_locate', prompt(xmlLocate)],
]
