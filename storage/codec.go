package storage

import "github.com/fxamacker/cbor/v2"

// Records are kept as CBOR (RFC 8949), with the field names of their JSON tags: half the
// time of JSON to write and to read, and a record may gain fields as with JSON.
//
// Equal records have equal bytes, so that one written unchanged costs no page.
var (
	encoder = must(cbor.EncOptions{Sort: cbor.SortBytewiseLexical, Time: cbor.TimeRFC3339Nano}.EncMode())
	decoder = must(cbor.DecOptions{}.DecMode())
)

// must is for options that are constants of this file.
func must[M any](mode M, err error) M {
	if err != nil {
		panic(err)
	}
	return mode
}
