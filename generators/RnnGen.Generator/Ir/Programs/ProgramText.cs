namespace RnnGen.Generator.Ir.Programs;

/// <summary>Writes routines for display, one operation per line: for the reviewer of a change to a planner.</summary>
internal static class ProgramText
{
    private const string Level = "  ";

    /// <summary>The lines of a routine.</summary>
    public static IEnumerable<string> Write(Routine routine) =>
        Lines(routine.Body).Select(line => Level + line).Prepend($"{routine.Name}({string.Join(", ", routine.Parameters)}):");

    private static IEnumerable<string> Lines(IEnumerable<Operation> operations) =>
        operations.SelectMany(operation => Lines(operation.Inner).Select(line => Level + line).Prepend(Line(operation)));

    private static string Line(Operation operation) => operation switch
    {
        Remark remark => $"// {remark.Text}",
        Let let => $"{let.Name} = {Text(let.Value)}",
        Assign assign => $"{assign.Name} := {Text(assign.Value)}",
        Bind bind => $"{bind.As} is {Text(bind.Place)}",
        ForEach loop => $"for {loop.Name} in 0 … {Text(loop.Count)}{(loop.Reverse ? ", the last first" : "")}{Carried(loop.Carried)}",
        ForChunks loop => $"for {loop.Name} in {Text(loop.From)} … {Text(loop.To)}, {loop.Size} ≤ {Text(loop.Most)}{(loop.Reverse ? ", the last first" : "")}",
        ForSpans loop => $"for {loop.Name} in the view of {Text(loop.All)}, {loop.Size} ≤ {Text(loop.Chunk)}",
        When conditional => $"if {conditional.Condition}",
        BeginBlocks => "count blocks",
        Turn turn => $"{turn.Name} = 1 - {Text(turn.Place)}, kept there",
        CallRoutine call => call.Routine.Name,
        CallKernel call => $"{call.Kernel.Id}({Texts(call.References)}) × {Text(call.Rows)}",
        CallStep call => $"{call.Kernel.Id}({Texts(call.References)}){(call.Backwards is null ? "" : ", " + call.Backwards)}",
        RuntimeCall call => $"{call.GetType().Name}({string.Join(", ", call.Arguments.Select(Text))})",
        _ => throw new ArgumentException($"no text for {operation.GetType().Name}"),
    };

    private static string Carried(Let? local) => local is null ? "" : $", {local.Name} = {Text(local.Value)} at first";

    private static string Texts(IEnumerable<Reference> places) => string.Join(", ", places.Select(Text));

    private static string Text(Reference place)
    {
        string name = place.Buffer.Name.Length > 0 ? place.Buffer.Name : place.Buffer.Memory.ToString();
        return place.Offset == Integer.Zero ? name : $"{name}[{Text(place.Offset)}]";
    }

    private static string Text(Argument argument) => argument switch
    {
        PlaceArgument place => Text(place.Place),
        NumberArgument number => Text(number.Value),
        RealArgument real => Names.Float(real.Value),
        FlagArgument flag => flag.Value ? "yes" : "no",
        MemberArgument member => member.Member,
        ListArgument list => string.Join(" ", list.Values.Select(value => Names.Number(value))),
        ShapeArgument shape => string.Join(" ", shape.Fields.Select(field => Text(field.Value))),
        TapeArgument tape => tape.Quantity.ToString(),
        _ => throw new ArgumentException($"no text for {argument.GetType().Name}"),
    };

    private static string Text(Integer value) => Numbers.Of(value);

    /// <summary>Numbers as formulas have them.</summary>
    private sealed class Numbers : IntegerPrinter
    {
        private static readonly Numbers Printer = new();

        protected override string Times => "·";

        public static string Of(Integer value) => Printer.Print(value);

        protected override string Offset(NamedOffset offset) => offset.Name;

        protected override string Size(Size size, bool multiplied) => Names.Number(size.Value);

        protected override string Host(HostQuantity quantity, bool multiplied) => quantity.ToString();

        protected override string Parity(Integer value) => $"{PrintFactor(value)} mod 2";

        protected override string Steps(Size rows) => $"steps of {Names.Number(rows)} rows";
    }
}
