import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import qrcode from 'qrcode-generator';
/** The dark modules as one path, a unit square each. */
export function qrPath(text) {
    const code = qrcode(0, 'M');
    code.addData(text, 'Byte');
    code.make();
    const size = code.getModuleCount();
    let path = '';
    for (let row = 0; row < size; row += 1)
        for (let column = 0; column < size; column += 1)
            if (code.isDark(row, column))
                path += `M${column} ${row}h1v1h-1z`;
    return { size, path };
}
const quiet = 4; // modules around it (ISO/IEC 18004)
export function Qr({ text, label }) {
    const { size, path } = qrPath(text);
    const whole = size + 2 * quiet;
    return (_jsxs("svg", { class: "qr", role: "img", "aria-label": label, viewBox: `${-quiet} ${-quiet} ${whole} ${whole}`, "shape-rendering": "crispEdges", children: [_jsx("rect", { x: -quiet, y: -quiet, width: whole, height: whole, fill: "#fff" }), _jsx("path", { d: path, fill: "#000" })] }));
}
