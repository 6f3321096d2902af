namespace java io.windhover.interop.palette
namespace go palette

enum Shade { DARK = 1, LIGHT = 2 }
