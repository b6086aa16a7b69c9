using System.Globalization;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Own;

/// <content>Values.</content>
internal sealed partial class CellInterpreter
{
    private object? Evaluate(CellNode node)
    {
        var outer = _at;
        _at = node;
        object? value = ValueOf(node);
        _at = outer;
        return value;
    }

    private object? ValueOf(CellNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Name:
                return _scope[node.Text];
            case NodeKind.Get:
                return Option(node.Text);
            case NodeKind.GetBase:
                return node.Text == nameof(Units) ? Units : OwnCellOptions.OfBase(_layer, node.Text, Refuse);
            case NodeKind.Set:
                return _scope[node.Text] = Named(node.Text, Evaluate(node.Children[0]));
            case NodeKind.SetOption:
                return _options[node.Text] = Evaluate(node.Children[0]);
            case NodeKind.SetItem:
                return SetItem(node);
            case NodeKind.Increment:
                object? before = _scope[node.Text];
                _scope[node.Text] = Numbers.Binary("+", before, Evaluate(node.Children[0]), Refuse);
                return before;
            case NodeKind.Vector:
                return Vector(Evaluate(node.Children[0]));
            case NodeKind.Convert:
                return Numbers.Convert(node.Text, Evaluate(node.Children[0]), Refuse);
            case NodeKind.Size:
                return Vector(node.Children[0]).Size is var size and > 0 ? size : 1;
            case NodeKind.Length:
                return Array(node.Children[0]).Length;
            case NodeKind.Item:
                return Item(node);
            case NodeKind.Array:
                return node.Children.Select(Evaluate).ToArray();
            case NodeKind.NewArray:
                int length = Whole(node.Children[0]);
                return length is >= 0 and <= MaxElements ? new object?[length] : throw Refuse($"there is an array of {length} elements", $"write from 0 to {MaxElements}");
            case NodeKind.Call:
                var arguments = node.Children.Select(Evaluate).ToList();
                return Call(Method(node.Text), arguments);
            case NodeKind.Word:
                return Word(node);
            case NodeKind.Math:
                return Numbers.Function(node.Text, node.Children.Select(Evaluate).ToList(), Refuse);
            case NodeKind.Unary:
                return Unary(node.Text, Evaluate(node.Children[0]));
            case NodeKind.Binary:
                return Binary(node);
            case NodeKind.Choose:
                return Evaluate(node.Children[Truth(node.Children[0]) ? 1 : 2]);
            case NodeKind.Coalesce:
                return Evaluate(node.Children[0]) ?? Evaluate(node.Children[1]);
            case NodeKind.SwitchValue:
                object? switched = Evaluate(node.Children[0]);
                var arm = node.Children.Skip(1).FirstOrDefault(candidate => Matches(switched, candidate.Children[0]) && (candidate.Children.Count < 3 || Truth(candidate.Children[1])));
                return Evaluate((arm ?? throw Refuse($"no case of the switch matches {switched ?? "null"}", "add '_ => …'")).Children.Last());
            case NodeKind.Is:
                return Matches(Evaluate(node.Children[0]), node.Children[1]);
            case NodeKind.Interpolate:
                return string.Concat(node.Children.Select(part => Evaluate(part) is var shown && shown is not VectorValue
                    ? Convert.ToString(shown, CultureInfo.InvariantCulture)
                    : throw Refuse("an interpolated string contains a vector", "use numbers and options only")));
            case NodeKind.Throw:
                throw Refuse($"the cell itself rejects its options, saying “{Evaluate(node.Children[0])}”", "change the options");
            default:
                return Numbers.Literal(node) ?? (node.Kind == NodeKind.Null ? null : throw Refuse($"there is no value in {node.Kind}", "rewrite the equations"));
        }
    }

    private object? Unary(string name, object? value) => value is VectorValue vector && name == "-"
        ? _recorder!.Unary(vector, element => -1 * element)
        : Numbers.Unary(name, value, Refuse);

    private object? Binary(CellNode node)
    {
        if (node.Text is "&&" or "||")
            return Truth(node.Children[0]) == (node.Text == "&&") ? Truth(node.Children[1]) : node.Text == "||";
        object? left = Evaluate(node.Children[0]), right = Evaluate(node.Children[1]);
        if (left is not VectorValue && right is not VectorValue)
            return Numbers.Binary(node.Text, left, right, Refuse);
        return node.Text is "==" or "!="
            ? throw Refuse("two vectors are compared by " + node.Text + ", which would ask whether they are one object", "write Select(a > b, …), which chooses element by element")
            : _recorder!.Binary(node.Text, Vector(left), Vector(right));
    }

    private object? Item(CellNode node)
    {
        object? owner = Evaluate(node.Children[0]);
        int index = Whole(node.Children[1]);
        if (owner is VectorValue vector)
            return _recorder!.Row(vector, index);
        object?[] array = owner as object?[] ?? throw Refuse("an array is used before it is set", "create it first");
        return index >= 0 && index < array.Length ? array[index] : throw Refuse($"the index {index} is outside an array of {array.Length} elements", $"write an index from 0 to {array.Length - 1}");
    }

    private object? SetItem(CellNode node)
    {
        object?[] array = Array(node.Children[0]);
        int index = Whole(node.Children[1]);
        if (index < 0 || index >= array.Length)
            throw Refuse($"the index {index} is outside an array of {array.Length} elements", $"write an index from 0 to {array.Length - 1}");
        object? value = Evaluate(node.Children[2]);
        return array[index] = node.Children[0].Kind == NodeKind.Name ? Named(node.Children[0].Text + Names.Number(index), value) : value;
    }

    private bool Truth(CellNode node) => Evaluate(node) is bool truth ? truth : throw Refuse("a condition has no value at compile time", "use options and numbers only in it, and Select for what depends on a vector");

    private int Whole(CellNode node) => Evaluate(node) is int whole ? whole : throw Refuse("an index or a size is not a whole number", "write an int");

    private object?[] Array(CellNode node) => Evaluate(node) as object?[] ?? throw Refuse("an array is used before it is set", "create it first");

    private VectorValue Vector(CellNode node) => Vector(Evaluate(node));

    private VectorValue Vector(object? value) => value switch
    {
        VectorValue vector => vector,
        int or long or float or double => _recorder!.Number(Convert.ToSingle(value, CultureInfo.InvariantCulture)),
        null => throw Refuse("a vector is used before it is set", "set it first"),
        _ => throw Refuse("there is something else where a vector is expected", "write a vector or a number"),
    };
}
