namespace RnnGen.Formats.Tflite;

/// <summary>STRIDED_SLICE: values from, to and in steps of, axis by axis, with an axis less where one place is taken.</summary>
internal static class StridedSlice
{
    public static void Translate(OperatorTranslation item)
    {
        long[] begins = item.Integers(1), ends = item.Integers(2), strides = item.Integers(3);
        int[] shape = item.Tensor(0).Signature;
        if (begins.Length > shape.Length || ends.Length != begins.Length || strides.Length != begins.Length)
            throw item.Refuse($"expected a begin, an end and a stride for axes of {Text.Shape(shape)}, got {begins.Length}, {ends.Length} and {strides.Length}");
        if (item.Int32(2) != 0 || item.Int32(3) != 0 || item.Byte(5) != 0)
            throw item.Refuse("it has an ellipsis, new axes or ends that are counted from the beginnings, expected none");
        string value = item.Input(0);
        for (int axis = begins.Length - 1; axis >= 0; axis--)
        {
            bool isFirst = Masks(item.Int32(0), axis), isPlace = Masks(item.Int32(4), axis);
            if (strides[axis] < 1)
                throw item.Refuse($"it goes in steps of {strides[axis]} along axis {axis}, expected forwards");
            if (isPlace && isFirst && begins[axis] != 0)
                throw item.Refuse($"it takes place {begins[axis]} along axis {axis} and masks it");
            long begin = isFirst ? 0 : FromEnd(begins[axis], shape[axis]);
            long end = Masks(item.Int32(1), axis) || (shape[axis] > 0 && ends[axis] >= shape[axis]) ? long.MaxValue : ends[axis];
            if (isPlace)
                value = item.Add("Gather", [value, item.Constant([begin], isScalar: true)], ("axis", (long)axis));
            else if (begin != 0 || end != long.MaxValue || strides[axis] != 1)
                value = item.Add("Slice", [value, item.Constant([begin]), item.Constant([end]), item.Constant([axis]), item.Constant([strides[axis]])]);
        }

        item.Give(value);
    }

    private static bool Masks(int mask, int axis) => (mask >> axis & 1) != 0;

    /// <summary>The last place of an axis as −1: of time steps it is the only one that can be taken.</summary>
    private static long FromEnd(long place, int size) => size > 1 && place == size - 1 ? -1 : place;
}
