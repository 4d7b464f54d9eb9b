/** Texts of SIP that are the same in every call, encoded as headers have them. */

export const VERSION = '1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit'

export const USER_AGENT = 'FreeSWITCH-mod_sofia/1.10.12-release%2Bgit~20240802T210227Z~a88d069d6f~64bit'

export const ALLOW =
  'INVITE,%20ACK,%20BYE,%20CANCEL,%20OPTIONS,%20MESSAGE,%20INFO,%20UPDATE,%20REGISTER,%20REFER,%20NOTIFY'

/** The codec that is agreed on: always PCMU. */
export const CALLED_CODEC = `
variable_rtp_audio_recv_pt: 0
variable_rtp_use_codec_name: PCMU
variable_rtp_use_codec_rate: 8000
variable_rtp_use_codec_ptime: 20
variable_rtp_use_codec_channels: 1
variable_rtp_last_audio_codec_string: PCMU%408000h%4020i%401c
variable_read_codec: PCMU
variable_original_read_codec: PCMU
variable_read_rate: 8000
variable_original_read_rate: 8000
variable_write_codec: PCMU
variable_write_rate: 8000`
