namespace RnnGen.Generator.Tests.Cells;

/// <summary>Cells whose code is no definition of equations: RNN070.</summary>
internal static class UnreadableCells
{
    private const string Id = "RNN070";

    public static IEnumerable<Mistake> All =>
    [
        new("a mutable field", "Vector h = State(\"h\"); Next(h, h * «_count»);", Id, "reads the field '_count', which can change; make it an option (a property), a readonly field or a constant")
        {
            Members = "private int _count = 3; public void Count() => _count++;",
        },
        new("a mutable static property", "Vector h = State(\"h\"); Next(h, h * «Count»);", Id, "reads the static property 'Count', which can change; make it an option of the cell, or remove its setter")
        {
            Members = "public static int Count { get; set; } = 3;",
        },
        new("a property of another class", "Vector h = State(\"h\"); Next(h, h * «Environment.ProcessorCount»);", Id, "reads Environment.ProcessorCount; use the cell's own options, or a constant"),
        new("a field of another class", "Vector h = State(\"h\"); Next(h, h * «Sizes.Count»);", Id, "reads Sizes.Count; use the cell's own options, or a constant")
        {
            Beside = "public static class Sizes { public static readonly int Count = 3; }",
        },
        new("a foreign method", "Vector h = State(\"h\"); Next(h, h * «int.Parse(\"3\")»);", Id,
            "calls Int32.Parse, whose source is not available; use the functions of RnnGen.Equations, System.Math for numbers, or a method of the cell"),
        new("a method of another object", "Vector h = State(\"h\"); Next(h, h * «new Random(1).NextDouble()»);", Id, "calls Random.NextDouble, whose source is not available; use the functions of RnnGen.Equations"),
        new("a virtual method", "Vector h = State(\"h\"); Next(h, «Half(h)»);", Id, "calls 'Half', which is virtual, generic or has a ref parameter; call a plain private method")
        {
            Class = "public class MineAttribute(int units) : CellAttribute(units)",
            Members = "protected virtual Vector Half(Vector v) => v * 0.5;",
        },
        new("a generic method", "Vector h = State(\"h\"); Next(h, «Same(h)»);", Id, "calls 'Same', which is virtual, generic or has a ref parameter; call a plain private method")
        {
            Members = "private static T Same<T>(T value) => value;",
        },
        new("an out parameter", "Vector h = State(\"h\"); «Halve(h, out Vector half)»; Next(h, half);", Id, "calls 'Halve', which is virtual, generic or has a ref parameter; call a plain private method")
        {
            Members = "private static void Halve(Vector v, out Vector half) => half = v * 0.5;",
        },
        new("a lambda", "Vector h = State(\"h\"); Func<Vector, Vector> half = «v => v * 0.5»; Next(h, half(h));", Id, "has a lambda or a delegate; call a private method"),
        new("a method as a delegate", "Vector h = State(\"h\"); Func<Vector, Vector> squash = «Tanh»; Next(h, squash(h));", Id, "has a lambda or a delegate; call a private method"),
        new("a local function", "Vector h = State(\"h\"); Next(h, Half(h)); «Vector Half(Vector v) => v * 0.5;»", Id, "has a local function; write a private method"),
        new("try", "Vector h = State(\"h\"); «try { Next(h, h + Gate(\"g\", x)); } finally { }»", Id, "has a try; leave it out: equations throw nothing"),
        new("using", "Vector h = State(\"h\"); «using (new System.IO.MemoryStream()) { Next(h, h + Gate(\"g\", x)); }»", Id, "has a using or a lock; leave it out"),
        new("lock", "Vector h = State(\"h\"); «lock (h) { Next(h, h + Gate(\"g\", x)); }»", Id, "has a using or a lock; leave it out"),
        new("goto", "Vector h = State(\"h\"); «goto end;» end: Next(h, h + Gate(\"g\", x));", Id, "has a goto; write a loop or an if"),
        new("await", "Vector h = State(\"h\"); Next(h, h + Gate(\"g\", x)); «await Task.Yield()»;", Id, "has an await; leave it out: equations wait for nothing") { Modifiers = "async" },
        new("an object", "Vector h = State(\"h\"); List<Vector> parts = «new List<Vector>()»; Next(h, h + Gate(\"g\", x));", Id, "creates an object of the class List; use vectors, numbers and arrays"),
        new("foreach over a list", "Vector h = State(\"h\"); foreach (int k in «Enumerable.Range(0, 3)») Next(h, h * k);", Id, "has a foreach over something that is not an array; loop over an array, or count"),
        new("an array of two dimensions", "Vector h = State(\"h\"); Vector[,] parts = «new Vector[2, 2]»; Next(h, h + Gate(\"g\", x));", Id,
            "has a multidimensional array; use an array of one dimension, or an array of arrays"),
        new("an extension method", "Vector h = State(\"h\"); int[] sizes = [1, 2]; Next(h, h * «sizes.Sum()»);", Id, "calls Enumerable.Sum, whose source is not available; use the functions of RnnGen.Equations"),
        new("a decimal", "Vector h = State(\"h\"); decimal half = «0.5m»; Next(h, h);", Id, "has a constant of the type Decimal; use int, long, float or double"),
        new("a byte", "Vector h = State(\"h\"); Next(h, h * «(byte)Units»);", Id, "converts to Byte; use int, long, float or double"),
        new("a formatted name", "Vector h = State(\"h\"); Next(h, Gate($\"g«{Units:D3}»\", x));", Id, "formats a value; omit the format"),
        new("a case with a condition", "Vector h = State(\"h\"); switch (Units) { «case > 2 when Bias:» Next(h, h + Gate(\"g\", x)); break; default: Next(h, h); break; }", Id, "has a case with a condition; write an if"),
        new("a pattern of a type", "Vector h = State(\"h\"); Next(h, h * (Units is «int n» ? n : 2));", Id, "has a pattern that is not a comparison with constants; compare with constants"),
        new("a field that is set", "Vector h = State(\"h\"); «_last = h»; Next(h, Gate(\"g\", x));", Id,
            "changes the cell while its equations are defined; use a local variable, or a State for what is carried from step to step")
        {
            Members = "private Vector? _last; public Vector? Last => _last;",
        },
        new("a counter that is a field", "Vector h = State(\"h\"); «_count++»; Next(h, Gate(\"g\", x));", Id, "changes the cell while its equations are defined; use a local variable")
        {
            Members = "private int _count; public int Count => _count;",
        },
        new("the cell itself", "Vector h = State(\"h\"); Next(h, Helper.Half(«this», h));", Id, "passes the cell itself on; pass the values that are needed")
        {
            Beside = "internal static class Helper { public static Vector Half(CellAttribute cell, Vector v) => v * 0.5; }",
        },
        new("a base option set by the constructor", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x, h));", Id,
            "sets LayerNorm, an option of all recurrent layers, in its constructor; set it where a network uses the layer")
        {
            Class = "public sealed class MineAttribute : CellAttribute",
            Members = "public MineAttribute(int units) : base(units) { «LayerNorm = true»; }",
        },
        new("several constructors", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x, h));", Id, "has several constructors; leave one, and make the rest options")
        {
            Class = "public sealed class «MineAttribute» : CellAttribute",
            Members = "public MineAttribute(int units) : base(units) { } public MineAttribute(int units, bool twice) : base(twice ? 2 * units : units) { }",
        },
        new("a cell that derives from another", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x, h));", Id,
            "derives from another cell; derive from CellAttribute itself, and share equations by static methods")
        {
            Class = "public sealed class «MineAttribute»(int units) : OtherAttribute(units)",
            Beside = "public class OtherAttribute(int units) : CellAttribute(units) { protected override void Define(Vector x) { Vector h = State(\"h\"); Next(h, Gate(\"g\", x)); } }",
        },
        new("a sum of very many", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x)" + string.Concat(Enumerable.Repeat(" + h", 300)) + ");", Id,
            "has an expression that nests deeper than 200 levels; name its parts")
        {
            Class = "public sealed class «MineAttribute»(int units) : CellAttribute(units)",
        },
        new("a generic cell", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x, h));", Id, "has type parameters; remove them")
        {
            Class = "public sealed class «MineAttribute»<T>(int units) : CellAttribute(units)",
            Network = "[Network(3)] [Mine<int>(4)]",
        },
    ];
}
