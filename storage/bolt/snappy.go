package bolt

import (
	"encoding/binary"
	"errors"
)

// The block format of Snappy (github.com/google/snappy, format_description.txt), for
// values of at most maxPacked bytes: the length as uvarint, then elements, each a tag
// and what it says. The two low bits of a tag are its kind.
const (
	tagLiteral = 0 // 6 bits length-1, or 60 and 61: it follows in 1 or 2 bytes; then the bytes
	tagCopy1   = 1 // 3 bits length-4, 3 bits and a byte distance
	tagCopy2   = 2 // 6 bits length-1, 2 bytes distance
)

var errSnappy = errors.New("a compressed value that doesn't hold together")

// compress appends src in the format of Snappy to dst. It looks each four bytes up where
// they occurred last, and no further.
func compress(dst, src []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(src)))
	var last [1 << 11]uint16 // by hash: position+1, so that 0 is nowhere
	done := 0
	for i := 0; i+4 <= len(src); {
		four := binary.LittleEndian.Uint32(src[i:])
		slot := &last[four*0x1e35a7bd>>21]
		from := int(*slot) - 1
		*slot = uint16(i + 1)
		if from < 0 || binary.LittleEndian.Uint32(src[from:]) != four {
			i++
			continue
		}
		n := 4
		for i+n < len(src) && src[from+n] == src[i+n] {
			n++
		}
		dst = appendLiteral(dst, src[done:i])
		dst = appendCopy(dst, i-from, n)
		i += n
		done = i
	}
	return appendLiteral(dst, src[done:])
}

func appendLiteral(dst, bytes []byte) []byte {
	switch n := len(bytes) - 1; {
	case n < 0:
		return dst
	case n < 60:
		dst = append(dst, byte(n)<<2|tagLiteral)
	case n < 1<<8:
		dst = append(dst, 60<<2|tagLiteral, byte(n))
	default:
		dst = append(dst, 61<<2|tagLiteral, byte(n), byte(n>>8))
	}
	return append(dst, bytes...)
}

func appendCopy(dst []byte, distance, n int) []byte {
	for n > 64 {
		// 60 and not 64, so that what is left is long enough for the short form.
		dst = append(dst, 59<<2|tagCopy2, byte(distance), byte(distance>>8))
		n -= 60
	}
	if n >= 4 && n < 12 && distance < 1<<11 {
		return append(dst, byte(distance>>8)<<5|byte(n-4)<<2|tagCopy1, byte(distance))
	}
	return append(dst, byte(n-1)<<2|tagCopy2, byte(distance), byte(distance>>8))
}

// decompress returns what compress got. It fails for anything compress can't have made
// and never makes more than maxPacked bytes.
func decompress(src []byte) ([]byte, error) {
	size, n := binary.Uvarint(src)
	if n <= 0 || size > maxPacked {
		return nil, errSnappy
	}
	src = src[n:]
	dst := make([]byte, 0, size)
	for len(src) > 0 {
		tag := src[0]
		head, length, distance := 1, int(tag>>2)+1, 0
		switch {
		case tag&3 == tagLiteral && length <= 60:
		case tag&3 == tagLiteral && length == 61 && len(src) > 1:
			head, length = 2, int(src[1])+1
		case tag&3 == tagLiteral && length == 62 && len(src) > 2:
			head, length = 3, int(binary.LittleEndian.Uint16(src[1:]))+1
		case tag&3 == tagCopy1 && len(src) > 1:
			head, length, distance = 2, int(tag>>2&7)+4, int(tag>>5)<<8|int(src[1])
		case tag&3 == tagCopy2 && len(src) > 2:
			head, distance = 3, int(binary.LittleEndian.Uint16(src[1:]))
		default:
			return nil, errSnappy
		}
		src = src[head:]
		if length > cap(dst)-len(dst) {
			return nil, errSnappy
		}
		if tag&3 == tagLiteral {
			if length > len(src) {
				return nil, errSnappy
			}
			dst, src = append(dst, src[:length]...), src[length:]
			continue
		}
		if distance == 0 || distance > len(dst) {
			return nil, errSnappy
		}
		// A copy may reach into what it is making: that is how a run is written.
		for range length {
			dst = append(dst, dst[len(dst)-distance])
		}
	}
	if len(dst) != int(size) {
		return nil, errSnappy
	}
	return dst, nil
}
