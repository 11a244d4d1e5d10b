package viet

type item struct{}
